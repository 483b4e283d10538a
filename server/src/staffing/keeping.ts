/**
 * The rule as an invariant: a change that would break it is refused with what is missing and which moves would mend
 * it, or let through by a commander's reason, as an open warning with a date.
 *
 * @module
 */
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId } from '#platform/ids'
import { Refusal, refuse } from '#platform/refusals'
import { after, dayMs, momentOf } from '#platform/time'
import { refused } from './errors.ts'
import { breachesOf, mendingMoves, newBreaches, type Breach, type Move, type PlacedTeam } from './rules.ts'
import type { Agency, Despite, Warning } from './schema.ts'
import * as store from './store.ts'

// A warning that stands for longer than this is no exception any more: the establishment is to be changed.
const mendWithinMs = 180 * dayMs

/**
 * Makes a change of who serves where, and holds it to the rule. Only one such change at a time.
 * @throws staffing.ruleBroken a rule would be broken that was kept before
 * @throws staffing.notCommander only a commander may break a rule knowingly
 * @throws staffing.wrongDate
 */
export async function keepingTheRule<T>(
  tx: Tx,
  despite: Despite | undefined,
  change: () => Promise<T>,
): Promise<T> {
  await store.lockAgency(tx, '*')
  const before = await breachesNow(tx)
  const answer = await change()
  const now = await breachesNow(tx)
  const broken = newBreaches(before.breaches, now.breaches)
  if (broken.length > 0) await accept(tx, despite ?? refuse(refusal(now, broken)), broken)
  await mend(tx, now.breaches)
  return answer
}

interface Now {
  readonly agencies: readonly Agency[]
  readonly teams: readonly PlacedTeam[]
  readonly establishment: number
  readonly breaches: readonly Breach[]
}

async function breachesNow(tx: ReadTx): Promise<Now> {
  const agencies = await store.agencies(tx)
  const establishment = await store.establishment(tx)
  const serving = await store.officers(tx)
  const teams = agencies.map(({ code }) => {
    const team = serving.filter(each => each.agency === code)
    return { agency: code, officers: team.length, women: team.filter(each => each.is_woman).length }
  })
  return { agencies, teams, establishment, breaches: breachesOf(teams, establishment) }
}

async function accept(tx: Tx, despite: Despite, broken: readonly Breach[]): Promise<void> {
  if (tx.who.kind !== 'staff' || tx.who.role !== 'commander') refuse(refused.notCommander())
  const mendBy = momentOf(despite.mendBy)
  if (mendBy <= tx.now || mendBy > after(tx.now, mendWithinMs)) refuse(refused.wrongDate())
  for (const { breach, agency } of broken) {
    const id = newId<'WarningId'>(tx.now)
    await store.addWarning(tx, {
      id,
      breach,
      agency,
      reason: despite.reason,
      accepted_by: tx.who.account,
      accepted_at: tx.now,
      mend_by: mendBy,
    })
    await record(tx, 'rule.waived', { warning: id }, { breach: breach as never, agency: agency as never })
  }
}

/** Warnings whose rule is kept again are closed. */
async function mend(tx: Tx, breaches: readonly Breach[]): Promise<void> {
  const open = await store.openWarnings(tx)
  const kept = open.filter(
    each => !breaches.some(known => known.breach === each.breach && known.agency === each.agency),
  )
  for (const { id } of kept) {
    await store.endWarning(tx, id, tx.now)
    await record(tx, 'rule.mended', { warning: id })
  }
}

/** The rules that were broken knowingly and are not mended, the first to be mended first. */
export async function openWarnings(tx: ReadTx): Promise<Warning[]> {
  const rows = await store.openWarnings(tx)
  return rows.map(row => ({
    warning: row.id,
    breach: row.breach,
    agency: row.agency,
    reason: row.reason,
    acceptedAt: row.accepted_at.toISOString(),
    mendBy: row.mend_by.toISOString(),
    isOverdue: row.mend_by < tx.now,
  }))
}

/** What would be missing, and what would mend it, in sentences that name agencies and nobody. */
function refusal(now: Now, broken: readonly Breach[]): Refusal {
  const name = (code: string | null) => now.agencies.find(each => each.code === code) ?? { ko: '', en: '' }
  const moves = mendingMoves(now.teams, broken)
  const missing = broken.map(each => missingSentence(each, name(each.agency), now.establishment))
  const way = waySentence(moves, name)
  const made = refused.ruleBroken()
  const sentence = {
    status: made.sentence.status,
    ko: [...missing.map(each => each.ko), way.ko].join(' '),
    en: [...missing.map(each => each.en), way.en].join(' '),
  }
  return new Refusal(made.code, sentence, { breaches: broken.length, moves: moves?.length ?? null })
}

interface Both {
  readonly ko: string
  readonly en: string
}

function missingSentence({ breach }: Breach, { ko, en }: Both, establishment: number): Both {
  const sentences: Readonly<Record<Breach['breach'], Both>> = {
    noOfficer: { ko: `${ko}에 수사관이 한 명도 남지 않습니다.`, en: `${en} would have no officer.` },
    noWoman: { ko: `${ko}에 여성 수사관이 한 명도 없게 됩니다.`, en: `${en} would have no woman officer.` },
    tooManyOfficers: {
      ko: `${ko}의 수사관이 여섯 명을 넘습니다.`,
      en: `${en} would have more than six officers.`,
    },
    tooFewInAll: {
      ko: `전국 정원 ${establishment}명보다 적어집니다.`,
      en: `The unit would have fewer than its ${establishment} officers.`,
    },
    tooManyInAll: {
      ko: `전국 정원 ${establishment}명을 넘습니다.`,
      en: `The unit would have more than its ${establishment} officers.`,
    },
  }
  return sentences[breach]
}

function waySentence(moves: readonly Move[] | null, name: (code: string) => Both): Both {
  const despite = {
    ko: '그래도 필요하면 총괄이 이유와 시정 기한을 적고 진행할 수 있습니다.',
    en: 'A commander may go on all the same, with a reason and a date.',
  }
  if (moves === null) return despite
  const ways = moves.map(({ isWoman, from, to }) => ({
    ko: `${isWoman ? '여성 수사관' : '남성 수사관'} 한 명을 ${name(from).ko}에서 ${name(to).ko}(으)로`,
    en: `${isWoman ? 'a woman officer' : 'a man officer'} from ${name(from).en} to ${name(to).en}`,
  }))
  return {
    ko: `${ways.map(each => each.ko).join(', ')} 옮기면 규칙이 지켜집니다. ${despite.ko}`,
    en: `Posting ${ways.map(each => each.en).join(' and ')} would mend it. ${despite.en}`,
  }
}
