/**
 * The whole story without a person at the keyboard: three people report, the officers work, the hosts behave
 * as they do, until every case is closed. Ends with a summary that is read from the product, and with the log
 * verified offline.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { verifyLog } from '@jikimi/tlog'
import type { Cast } from './cast.ts'
import type { Studio } from './media/films.ts'
import { personAt, Refused, type Person } from './person.ts'
import { work } from './shift.ts'
import { file, mainVictim, smallVictim, type Victim } from './victims.ts'
import type { World } from './world.ts'

export interface Stage {
  readonly url: () => string
  readonly world: World
  readonly studio: Studio
  readonly cast: Cast
  /** How fast the product's time runs. */
  readonly speed: number
  /** Real time after which a story that has not ended has failed. */
  readonly longestMs?: number
}

export interface Summary {
  readonly reports: number
  readonly addresses: number
  readonly removed: number
  readonly blocked: number
  readonly notTheirs: number
  readonly medianHoursToRemoval: number | null
  readonly noticesReceived: number
  readonly noticesReceivedTwice: number
  readonly blockedNames: number
  readonly logEntries: number
  readonly isLogSound: boolean
  readonly casesOpen: number
}

const roundMs = 700
// The story takes a few minutes at the speed of `--play`.
const usuallyLongestMs = 15 * 60_000

/** Plays until nothing is open any more. @throws Error when that does not come about in a quarter of an hour */
export async function play(stage: Stage, tell: (line: string) => void): Promise<Summary> {
  const victims = await fileAll(stage, tell)
  const started = performance.now()
  let shown = ''
  for (;;) {
    const done = await work({
      leader: stage.cast.leader.person,
      detective: stage.cast.detective.person,
      colleague: stage.cast.colleague.person,
      world: stage.world,
      notTheirs: new Set([victims.main.notTheirs]),
    })
    const now = await standing(victims.all)
    if (now.line !== shown) tell(`  ${now.line}`)
    shown = now.line
    if (done === 0 && now.isOver) break
    if (performance.now() - started > (stage.longestMs ?? usuallyLongestMs))
      throw new Error(`The story did not end: ${now.line}`)
    await pause(roundMs)
  }
  return summary(stage)
}

interface Victims {
  readonly main: Victim & { readonly notTheirs: string }
  readonly all: readonly Victim[]
}

async function fileAll({ url, world, studio }: Stage, tell: (line: string) => void): Promise<Victims> {
  tell('Three people report: seven copies of one, two of another, and one who wants to speak with somebody.')
  const main = await mainVictim(url, world, studio, 7)
  const second = await smallVictim(url, world, {
    seed: 21,
    region: 'seoul',
    hosts: ['bright-board.example', 'picture-wall.example'],
  })
  const third = await file(url, {
    concern: 'threat',
    story: '사진을 보내지 않으면 퍼뜨리겠다고 합니다. (시연용 이야기)',
    region: 'seoul',
    wantsWoman: true,
    addresses: [],
    fingerprints: [],
  })
  await third.person.post('/report/messages', { text: '내일 오후에 통화할 수 있어요.' })
  return { main, all: [main, second, third] }
}

/** What the victims read: how many addresses stand where, and whether all cases are closed. */
async function standing(victims: readonly Victim[]): Promise<{ line: string; isOver: boolean }> {
  const told = await Promise.all(victims.map(each => each.told()))
  const counts = new Map<string, number>()
  for (const { now } of told.flatMap(each => each.addresses)) counts.set(now, (counts.get(now) ?? 0) + 1)
  const closed = told.filter(each => each.caseState === 'closed').length
  const line = `${[...counts].map(([step, count]) => `${step} ${count}`).join(', ')}; ${closed} of ${told.length} cases closed`
  return { line, isOver: closed === told.length }
}

async function summary({ url, world, cast }: Stage): Promise<Summary> {
  const numbers = await cast.administrator.person.get<{
    reports: number
    cases: { open: number }
    addresses: { reported: number; found: number; removed: number; blocked: number; notYours: number }
    medianHoursToRemoval: number | null
  }>('/statistics')
  const report = await verifyLog(linesOf(await wholeLog(cast.administrator.person)))
  const ids = world.notices.map(each => each.messageId)
  return {
    reports: numbers.reports,
    addresses: numbers.addresses.reported + numbers.addresses.found,
    removed: numbers.addresses.removed,
    blocked: numbers.addresses.blocked,
    notTheirs: numbers.addresses.notYours,
    medianHoursToRemoval: numbers.medianHoursToRemoval,
    noticesReceived: ids.length,
    noticesReceivedTwice: ids.length - new Set(ids).size,
    blockedNames: await blockedNames(url, cast.administrator.person),
    logEntries: report.entries,
    isLogSound: report.isSound,
    casesOpen: numbers.cases.open,
  }
}

/** The export, once the sequencer has taken the last entries. */
async function wholeLog(administrator: Person): Promise<string> {
  const triesMax = 50
  for (let tries = 0; tries < triesMax; tries += 1) {
    const { waiting } = await administrator.get<{ waiting: number }>('/log/head')
    if (waiting === 0) break
    await pause(200)
  }
  return administrator.get<string>('/log/export')
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}

/** What a telecom operator gets: fetched with a token of its own. */
async function blockedNames(url: () => string, administrator: Person): Promise<number> {
  const token = await subscribe(administrator)
  const zone = await personAt(url).send<string>('GET', '/blocklists/rpz', undefined, {
    authorization: `Bearer ${token}`,
  })
  return zone.split('\n').filter(line => /^[a-z0-9.-]+\s.*CNAME\s+\.$/.test(line) && !line.startsWith('*'))
    .length
}

async function subscribe(administrator: Person): Promise<string> {
  for (;;) {
    try {
      const name = `operator-${randomUUID().slice(0, 8)}`
      return (await administrator.post<{ token: string }>('/subscribers', { name })).token
    } catch (error) {
      // The answer that held the token was lost, and sending again met the name taken: another name.
      if (!(error instanceof Refused && error.status === 409)) throw error
    }
  }
}
