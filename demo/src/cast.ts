/**
 * Who is there when the demo opens: the first administrator, a leader, detectives and a counsellor in Seoul
 * who sign in, the fifty officers, and the directory with the regulator in it.
 *
 * @module
 */
import { officers, type Seat } from './country.ts'
import { regulatorAddress } from './hosts/cast.ts'
import { enrol, tokenIn, type Member } from './people.ts'
import type { Person } from './person.ts'

export interface Cast {
  readonly administrator: Member
  readonly leader: Member
  readonly detective: Member
  /** Approves what the detective requests. */
  readonly colleague: Member
  readonly counsellor: Member
}

/** Enrols the people and fills in the country. Done once, on an empty product. */
export async function assemble(url: () => string, firstLink: string): Promise<Cast> {
  const administrator = await enrol(url, tokenIn(firstLink), {
    title: 'administrator',
    name: '관리자',
    email: 'administrator@jikimi.example',
  })
  const seated = await seat(administrator.person)
  const invite = async (title: string, role: string, officer?: { officer: string; name: string }) => {
    const name = officer?.name ?? '상담원 한별'
    const form = {
      role,
      name,
      agency: 'seoul',
      ...(officer === undefined ? {} : { officer: officer.officer }),
    }
    const { link } = await administrator.person.post<{ link: string }>('/invitations', form)
    return enrol(url, tokenIn(link), { title, name, email: `${title.replace(' ', '-')}@jikimi.example` })
  }
  const team = seated.filter(each => each.agency === 'seoul')
  const leader = team.find(each => each.isLeader)
  const [woman, man] = [team.find(each => each.isWoman && !each.isLeader), team.find(each => !each.isWoman)]
  if (leader === undefined || woman === undefined || man === undefined)
    throw new Error('The team in Seoul lacks a leader, a woman or a man.')
  const cast = {
    administrator,
    leader: await invite('team leader', 'leader', leader),
    detective: await invite('detective', 'officer', woman),
    colleague: await invite('colleague', 'officer', man),
    counsellor: await invite('counsellor', 'counsellor'),
  }
  await enterRegulator(administrator.person)
  return cast
}

type Seated = Seat & { readonly officer: string }

async function seat(administrator: Person): Promise<readonly Seated[]> {
  const seated: Seated[] = []
  for (const each of officers()) {
    const { officer } = await administrator.post<{ officer: string }>('/officers', each)
    seated.push({ ...each, officer })
  }
  return seated
}

/** The commission that deliberates on requests of the police; here it cannot sit, as in some summers. */
async function enterRegulator(administrator: Person): Promise<void> {
  await administrator.post('/providers', {
    name: '방송미디어통신심의위원회 (시연)',
    kind: 'regulator',
    country: 'KR',
    domains: [],
    channels: [{ type: 'mail', address: regulatorAddress, language: 'ko' }],
  })
}
