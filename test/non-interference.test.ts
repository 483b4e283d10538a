/**
 * Non-interference (Goguen and Meseguer 1982): what somebody need not know of changes nothing in what they are
 * answered. One database is asked, a case is put into it or changed within, and it is asked again.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinTeam } from '../server/src/cases/index.ts'
import { machine, openTrial, reporter, staff, type Trial } from '../server/src/platform/trial.ts'
import { openTrialWorld, type TrialWorld } from '../server/src/platform/trial-world.ts'
import { timetable } from '../server/src/procedure.ts'
import { addOfficer } from '../server/src/staffing/index.ts'
import type { Who } from '../server/src/platform/who.ts'
import { openFloor, type Floor, type Route } from './every-answer.ts'
import { openFullCase, rewrite, type FullCase, type Told } from './hidden-case.ts'

/** Routes that are not compared, each with the reason why its answer may differ. */
const declared: Readonly<Record<string, string>> = {
  '/log/head':
    'The length of the whole log is its own proof: it says how many acts there were, and of none whose.',
  '/log/export':
    'Writes that it was taken. Ids and codes of all cases, for whoever proves the log to a court.',
  '/log/selection': 'Writes that it was taken; it holds the rows of /log, which is compared.',
  '/auth/passkey/generate-authenticate-options': 'A random challenge; no case is near.',
  '/auth/passkey/generate-register-options': 'A random challenge; no case is near.',
}

let trial: Trial
let place: TrialWorld
let floor: Floor
let seen: FullCase
/** Who need not know that the case exists. */
const strangers = new Map<string, Who>()
/** Who knows that it does, or counts it, and sees nothing within. */
const outsiders = new Map<string, Who>()

beforeAll(async () => {
  trial = await openTrial({ procedure: timetable.procedure, jobs: timetable.jobs })
  place = await openTrialWorld(trial)
  floor = await openFloor(trial, place.world)
  for (const agency of ['seoul', 'seoul', 'seoul', 'busan'] as const)
    await trial
      .as(machine('staffing'))
      .do(tx => addOfficer(tx, { name: '김수사', isWoman: true, isLeader: false, agency }))
  const team = (['officer', 'counsellor'] as const).map(role => staff(role, 'seoul'))
  const far = staff('officer', 'busan')
  seen = await openFullCase(trial, place.world, told(1, 'seoul'))
  const other = await openFullCase(trial, place.world, told(2, 'busan'))
  for (const [id, people] of [
    [seen.case, team],
    [other.case, [far]],
  ] as const)
    for (const { account } of people) await trial.as(machine('cases')).do(tx => joinTeam(tx, id, account))
  for (const [name, who] of [
    ['officer of another team', team[0]!],
    ['counsellor of another case', team[1]!],
    ['officer on no team', staff('officer', 'seoul')],
    ['officer elsewhere', far],
    ['leader elsewhere', staff('leader', 'busan')],
    ['another reporter', reporter(seen.report)],
    ['nobody', { kind: 'anonymous' }],
  ] as const)
    strangers.set(name, who)
  for (const [name, who] of [
    ['leader of the agency', staff('leader', 'seoul')],
    ['commander', staff('commander', null)],
    ['administrator', staff('administrator', null)],
  ] as const)
    outsiders.set(name, who)
}, 180_000)
afterAll(async () => {
  await floor.close()
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

function told(seed: number, region: string): Told {
  return {
    region,
    host: `host-${seed}.example`,
    words: `이야기 ${seed}`,
    isMinor: false,
    hash: seed.toString(16).padStart(2, '0').repeat(32),
  }
}

const anyCase = fc.record({
  region: fc.constant('seoul'),
  host: fc.stringMatching(/^[a-z]{6,12}$/).map(label => `${label}.example`),
  words: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }).map(text => text.replaceAll('\0', '')),
  isMinor: fc.boolean(),
  hash: fc.stringMatching(/^[0-9a-f]{64}$/),
})

const reads = () => floor.routes.filter(each => each.method === 'GET' && declared[each.path] === undefined)

/** The questions that a route can be asked about a case: its own, or one that is looked for. */
function questions(route: Route, of: Readonly<Record<string, string>>, sought: readonly string[]): string[] {
  const path = pathOf(route, of)
  const questionsOf = ['']
  if (route.queries.has('limit')) questionsOf.push('?limit=1')
  if (route.queries.has('q')) questionsOf.push(...sought.map(each => `?q=${encodeURIComponent(each)}`))
  if (route.queries.has('agency')) questionsOf.push('?agency=seoul')
  if (route.queries.has('mine')) questionsOf.push('?mine=true')
  return questionsOf.map(each => `${path}${each}`)
}

function pathOf(route: Route, of: Readonly<Record<string, string>>): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => of[name] ?? `no-id-for-${name}`)
}

/** Every answer to every question about the case that some of them see. */
async function answers(people: ReadonlyMap<string, Who>, sought: readonly string[]) {
  const all = new Map<string, string>()
  for (const [name, who] of people)
    for (const route of reads())
      for (const url of questions(route, seen.ids, sought))
        all.set(`${name}: ${url}`, withoutViewings(await floor.ask(who, 'GET', url)))
  return all
}

/** Each look at an exhibit is in the log of the case: our own of the round before are no difference. */
function withoutViewings(answer: string): string {
  const at = answer.indexOf('\n\n')
  if (answer.includes('"kinds":[')) return answer.slice(at).replaceAll(/"times":\d+/g, '"times":0')
  if (!answer.startsWith('200') || !answer.includes('"treeIndex"')) return answer
  const body = JSON.parse(answer.slice(at)) as { rows: { kind: string }[] }
  return JSON.stringify({ ...body, rows: body.rows.filter(row => row.kind !== 'exhibit.viewed') })
}

function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...one].filter(([question, answer]) => other.get(question) !== answer).map(([question]) => question)
}

test('every route of the document is asked: each parameter has an id, each exception is there', () => {
  const named = new Set(floor.routes.flatMap(each => each.parameters))
  // Of no case: banks, accounts, the roster and what the directory holds are asked for as what is not there.
  const ofNoCase =
    'bank entry account session officer name hold code reset swap leave duty secret feed body purpose'.split(
      ' ',
    )
  expect([...named].filter(name => seen.ids[name] === undefined && !ofNoCase.includes(name))).toEqual([])
  const paths = floor.routes.filter(each => each.method === 'GET').map(each => each.path)
  expect(Object.keys(declared).filter(path => !paths.includes(path))).toEqual([])
  expect(reads().length).toBeGreaterThan(30)
})

test('a case that one need not know of changes no answer, and its ids are answered like ids that never were', async () => {
  // What a first reading writes (who read it, in this hour) is written before.
  await answers(strangers, [])
  await fc.assert(
    fc.asyncProperty(anyCase, async story => {
      const sought = [story.host, story.host.slice(0, 4), '서울-2026-000']
      const before = await answers(strangers, sought)
      const hidden = await openFullCase(trial, place.world, story)
      expect(differences(before, await answers(strangers, sought))).toEqual([])
      await expectUnknown(hidden)
    }),
    { numRuns: 2, seed: 20_261_124, endOnFailure: true },
  )
})

/** Reads and writes of the case's ids by those who may not know of it. */
async function expectUnknown(hidden: FullCase): Promise<void> {
  const never = Object.fromEntries(Object.keys(hidden.ids).map(name => [name, randomUUID()]))
  const mask = (text: string, of: Readonly<Record<string, string>>) =>
    Object.entries(of).reduce((masked, [name, id]) => masked.replaceAll(id, `(${name})`), text)
  for (const [name, who] of strangers)
    for (const route of floor.routes.filter(each => each.parameters.length > 0 && !(each.path in declared))) {
      const body = route.body === undefined ? undefined : floor.sample(route.body)
      const [there, nowhere] = await Promise.all(
        [hidden.ids, never].map(async ids =>
          mask(await floor.ask(who, route.method, pathOf(route, ids), body), ids),
        ),
      )
      expect(there, `${name}: ${route.method} ${route.path}`).toBe(nowhere)
    }
}

test('what lies within a case changes no answer to those who see its outside, or count it', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, anyCase, async (story, another) => {
      const hidden = await openFullCase(trial, place.world, story)
      const sought = [story.host, another.host, hidden.number]
      await answers(outsiders, sought)
      const before = await answers(outsiders, sought)
      const asked = async () => {
        const all = new Map<string, string>()
        for (const [name, who] of outsiders)
          for (const route of reads().filter(each => each.parameters.length > 0))
            all.set(`${name}: ${route.path}`, await floor.ask(who, 'GET', pathOf(route, hidden.ids)))
        return all
      }
      const own = await asked()
      await rewrite(trial, hidden, another)
      expect(differences(before, await answers(outsiders, sought))).toEqual([])
      expect(differences(own, await asked())).toEqual([])
    }),
    { numRuns: 1, seed: 20_261_124, endOnFailure: true },
  )
})

// Where the database alone keeps a case from a list, a count or a page.
const kept = [
  'cases.file',
  'intake.report',
  'takedown.target',
  'matching.match',
  'blocking.block_order',
  'evidence.exhibit',
  'audit.entry',
  'takedown.provider',
  'support.promise',
  'support.counselling',
  'support.referral',
]

test.each(kept)('without the policies of %s the comparison fails', async table => {
  const people = new Map([...strangers].filter(([name]) => name === 'officer of another team'))
  const hidden = await openFullCase(trial, place.world, told(77, 'seoul'))
  const inside = async () => {
    const all = await answers(people, ['서울-2026-000'])
    for (const [name, who] of people)
      for (const route of reads().filter(each => each.parameters.length > 0))
        all.set(`${name}: ${route.path}`, await floor.ask(who, 'GET', pathOf(route, hidden.ids)))
    return all
  }
  const bound = await inside()
  await trial.database.pool.query(`alter table ${table} disable row level security`)
  try {
    expect(differences(bound, await inside()).length).toBeGreaterThan(0)
  } finally {
    await trial.database.pool.query(`alter table ${table} enable row level security`)
  }
})
