/**
 * The officers' work of one round: look at what waits, decide, ask, approve. Every step may be done again
 * after the product was away; the product does it once.
 *
 * @module
 */
import type { Person } from './person.ts'
import { Refused } from './person.ts'
import type { World } from './world.ts'

export interface Staff {
  /** Puts the two others on the team of each case. */
  readonly leader: Person
  readonly detective: Person
  readonly colleague: Person
  readonly world: World
  /** Addresses that show somebody else's picture, as a look at them tells. */
  readonly notTheirs: ReadonlySet<string>
}

interface Rows<T> {
  readonly rows: readonly T[]
  readonly next: string | null
}

/** One round of work; answers how many things were done. */
export async function work(staff: Staff): Promise<number> {
  await organise(staff.leader, [staff.detective, staff.colleague])
  return (await review(staff)) + (await follow(staff)) + (await contact(staff)) + (await block(staff))
}

interface Outside {
  readonly case: string
  readonly openedAt: string
}

// Nearly as long as somebody may be let in at once.
const onTeamMs = 170 * 24 * 60 * 60 * 1000
const seated = new WeakMap<Person, Set<string>>()

/** A case is seen by its team: the leader, who sees it from outside, puts these people on each new one. */
export async function organise(leader: Person, team: readonly Person[]): Promise<void> {
  const known = seated.get(leader) ?? new Set<string>()
  seated.set(leader, known)
  const fresh = (await all<Outside>(leader, '/cases?state=open')).filter(each => !known.has(each.case))
  if (fresh.length === 0) return
  const people = await Promise.all(team.map(each => each.get<{ account: string }>('/session')))
  for (const { case: id, openedAt } of fresh) {
    const until = new Date(Date.parse(openedAt) + onTeamMs).toISOString()
    for (const { account } of people)
      await leader.post(`/cases/${id}/members`, { account, ground: 'team', until })
    known.add(id)
  }
}

async function review({ detective, notTheirs }: Staff): Promise<number> {
  const waiting = await all<{ match: string; canonical: string }>(detective, '/matches?state=pending')
  for (const { match, canonical } of waiting) {
    const verdict = notTheirs.has(canonical) ? 'different' : 'same'
    await unlessDone(detective.post(`/matches/${match}/decisions`, { verdict }))
  }
  return waiting.length
}

interface Target {
  readonly target: string
  readonly canonical: string
  readonly host: string
  readonly attention: string | null
}
interface Notice {
  readonly notice: string
  readonly state: string
}

/** Targets that ask for a person: a form, a soft 404. */
async function follow({ detective, world }: Staff): Promise<number> {
  const waiting = (await all<Target>(detective, '/targets')).filter(each => each.attention !== null)
  for (const { target, canonical, host, attention } of waiting) {
    if (attention === 'softDown') {
      const verdict = world.isUp(canonical) ? 'up' : 'down'
      await unlessDone(detective.post(`/targets/${target}/verdicts`, { verdict }))
    } else if (attention === 'needsInfo') {
      const channel = await formChannel(detective, host)
      await unlessDone(detective.send('PUT', `/targets/${target}/channel`, { channel }))
    } else if (attention === 'form') {
      await handIn(detective, world, target, canonical)
    }
  }
  return waiting.length
}

/** The form of a host, entered into the directory once. */
async function formChannel(detective: Person, host: string): Promise<string> {
  interface Provider {
    readonly provider: string
    readonly domains: readonly string[]
    readonly channels: readonly { readonly channel: string; readonly type: string }[]
  }
  const find = async () => {
    const providers = await all<Provider>(detective, '/providers')
    const known = providers.find(each => each.domains.includes(host))
    return known?.channels.find(each => each.type === 'form')?.channel
  }
  const known = await find()
  if (known !== undefined) return known
  const channels = [{ type: 'form', address: `http://${host}/removal-form`, language: 'ko' }]
  await unlessDone(
    detective.post('/providers', { name: host, kind: 'platform', country: 'KR', domains: [host], channels }),
  )
  return (await find()) ?? ''
}

async function handIn(detective: Person, world: World, target: string, canonical: string): Promise<void> {
  const { notices } = await detective.get<{ notices: readonly Notice[] }>(`/targets/${target}`)
  const waiting = notices.find(each => each.state === 'toHand')
  if (waiting === undefined) return
  world.fillForm(canonical)
  await unlessDone(detective.post(`/notices/${waiting.notice}/sendings`))
}

/** Whoever wanted to be called was called. */
async function contact({ detective }: Staff): Promise<number> {
  const open = await all<{ case: string; openMatters: number }>(detective, '/cases?state=open')
  let done = 0
  for (const { case: id } of open) {
    const { matters } = await detective.get<{
      matters: readonly { matter: string; kind: string; state: string }[]
    }>(`/cases/${id}`)
    for (const { matter } of matters.filter(each => each.kind === 'contact' && each.state !== 'settled')) {
      await unlessDone(detective.post(`/matters/${matter}/settlement`, { reason: 'contacted' }))
      done += 1
    }
  }
  return done
}

interface Order {
  readonly order: string
  readonly guards: readonly string[]
}

/** What the ladder could not bring down: one officer requests the block, another approves it. */
async function block({ detective, colleague }: Staff): Promise<number> {
  const proposed = await all<Order>(detective, '/block-orders?state=proposed')
  for (const { order, guards } of proposed) {
    const scope = guards.length === 0 ? 'host' : 'address'
    await unlessDone(detective.post(`/block-orders/${order}/requests`, { basis: 'krSvpa23x2', scope }))
  }
  const requested = await all<Order>(colleague, '/block-orders?state=requested')
  for (const { order } of requested) await unlessDone(colleague.post(`/block-orders/${order}/approvals`))
  return proposed.length + requested.length
}

const pagesMax = 50

/** All rows of a list, page by page. */
export async function all<T>(person: Person, path: string): Promise<readonly T[]> {
  const rows: T[] = []
  let after: string | null = null
  for (let page = 0; page < pagesMax; page += 1) {
    const query: string = `${path}${path.includes('?') ? '&' : '?'}limit=200${after === null ? '' : `&after=${after}`}`
    const answer: Rows<T> = await person.get<Rows<T>>(query)
    rows.push(...answer.rows)
    if (answer.next === null) return rows
    after = answer.next
  }
  return rows
}

/** Somebody, or we ourselves before the product was away, may have done it already (409). */
async function unlessDone(doing: Promise<unknown>): Promise<void> {
  await doing.catch((error: unknown) => {
    if (!(error instanceof Refused && error.status === 409)) throw error
  })
}
