/**
 * The staffing rule of the unit, from its announcement in March 2018: fifty officers nationwide, one to six in the
 * cyber bureau of each local agency, at least one woman in every team, who collects evidence with victims and
 * takes testimony. The fifty are a setting; the rest is the rule.
 *
 * @module
 */
export const officersInAll = 50
export const teamMin = 1
export const teamMax = 6
export const womenMin = 1

/** What a rule, or a solver, cannot give: the same sentence in both languages, and a code for programs. */
export interface Shortfall {
  readonly code: 'noAgency' | 'tooFewOfficers' | 'tooManyOfficers' | 'tooFewWomen'
  readonly needed: number
  readonly available: number
  readonly ko: string
  readonly en: string
}

/**
 * Why no plan exists, by name and count; empty where one does. These counts are complete: with enough officers,
 * enough seats and a woman for each agency, any spread of one to six a team can be filled.
 */
export function shortfallsOf(given: { officers: number; women: number; agencies: number }): Shortfall[] {
  const { officers, women, agencies } = given
  if (agencies === 0)
    return [
      {
        code: 'noAgency',
        needed: 1,
        available: 0,
        ko: '경찰청이 하나도 없습니다.',
        en: 'There is no agency.',
      },
    ]
  const [least, most, womenNeeded] = [agencies * teamMin, agencies * teamMax, agencies * womenMin]
  const found: Shortfall[] = []
  if (officers < least)
    found.push({
      code: 'tooFewOfficers',
      needed: least,
      available: officers,
      ko: `경찰청 ${agencies}곳에 수사관 ${least}명이 필요하지만 ${officers}명뿐입니다.`,
      en: `${least} officers are needed for ${agencies} agencies, there are ${officers}.`,
    })
  if (officers > most)
    found.push({
      code: 'tooManyOfficers',
      needed: most,
      available: officers,
      ko: `경찰청 ${agencies}곳에 둘 수 있는 수사관은 ${most}명까지지만 ${officers}명입니다.`,
      en: `${agencies} agencies hold at most ${most} officers, there are ${officers}.`,
    })
  if (women < womenNeeded)
    found.push({
      code: 'tooFewWomen',
      needed: womenNeeded,
      available: women,
      ko: `여성 수사관 ${womenNeeded}명이 필요하지만 ${women}명뿐입니다.`,
      en: `${womenNeeded} women officers are needed, there are ${women}.`,
    })
  return found
}
