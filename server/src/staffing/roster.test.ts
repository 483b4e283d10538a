import { dayAfter, rosterFaults } from '@jikimi/staffing'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import type { OfficerId } from '#platform/ids'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import type { Staff } from '#platform/who'
import { calendarOf, closeCalendar, openCalendar } from './calendar.ts'
import { addOfficer } from './index.ts'
import { addLeave, dropLeave, leave, setStrengths } from './leave.ts'
import { dutiesBetween, dutiesFor, keepRoster, rosterGround } from './roster.ts'
import { answerSwap, askSwap, decideSwap, openSwaps } from './swap.ts'

const commander = staff('commander', null)
const firstDay = '2026-11-30'
// A week of three people, who rest a day after each duty.
const form = { firstDay, days: 7, peopleOnShift: 3, restDays: 1 }
const places = ['seoul', 'seoul', 'busan', 'busan', 'gwangju', 'gwangju', 'daejeon', 'gangwon'] as const

/** Eight women: two in Seoul, Busan and Gwangju, one in Daejeon and Gangwon. Any three regions are far apart. */
async function given(trial: Trial) {
  const officers: OfficerId[] = []
  for (const agency of places)
    officers.push(
      await trial
        .as(commander)
        .do(tx => addOfficer(tx, { name: `${agency} 수사관`, isWoman: true, isLeader: false, agency })),
    )
  const as = (at: number): Staff => ({ ...staff('officer', places[at]), officer: officers[at]! })
  const leader = (agency: string) => trial.as(staff('leader', agency))
  return { officers, as, leader }
}

async function made(trial: Trial, change: Partial<typeof form> = {}) {
  const asked = { ...form, ...change }
  const ground = await trial.as(commander).see(tx => rosterGround(tx, asked))
  const duties = await dutiesFor(ground)
  return { ground, duties, keep: () => trial.as(commander).do(tx => keepRoster(tx, asked, duties)) }
}

const week = (trial: Trial, who: Staff = commander) =>
  trial.as(who).see(tx => dutiesBetween(tx, { from: firstDay, until: dayAfter(firstDay, 27) }))

test('a roster is made from who serves and who is off, kept in one piece, and read by all', async () => {
  await using trial = await openTrial()
  const { officers, as, leader } = await given(trial)
  const away = { from: firstDay, until: dayAfter(firstDay, 2) }
  await leader('seoul').do(tx => addLeave(tx, officers[0]!, away))
  const { ground, duties, keep } = await made(trial)
  expect(rosterFaults(ground, duties)).toEqual([])
  await keep()
  const rows = await week(trial, as(0))
  expect(rows).toHaveLength(21)
  expect(rows.filter(row => row.isOwn && row.day <= away.until)).toEqual([])
  expect(rows.some(row => row.isOwn)).toBe(true)
  await keep()
  expect(await week(trial), 'made again for the same day it is replaced').toHaveLength(21)
  await expect(
    (await made(trial, { firstDay: dayAfter(firstDay, 3) })).keep(),
    'not over one that stands',
  ).rejects.toMatchObject({ code: 'staffing.rosterStands' })
  await expect((await made(trial, { firstDay: '2026-11-23' })).keep()).rejects.toMatchObject({
    code: 'staffing.dayPassed',
  })
})

test('leave that was entered while the solver worked is not overrun', async () => {
  await using trial = await openTrial()
  const { officers, leader } = await given(trial)
  const { duties, keep } = await made(trial)
  const { day: from, person } = duties[0]!
  const agency = places[officers.indexOf(person as OfficerId)]!
  const entered = await leader(agency).do(tx => addLeave(tx, person as OfficerId, { from, until: from }))
  await expect(keep()).rejects.toMatchObject({ code: 'staffing.groundMoved' })
  await leader(agency).do(tx => dropLeave(tx, entered))
  await keep()
  await expect(
    leader(agency).do(tx => addLeave(tx, person as OfficerId, { from, until: from })),
    'a duty is swapped before leave',
  ).rejects.toMatchObject({ code: 'staffing.onCall' })
})

test('what no roster can keep is said by day and region', async () => {
  await using trial = await openTrial()
  const { officers, leader } = await given(trial)
  const away = { from: '2026-12-01', until: '2026-12-01' }
  for (const at of [0, 1]) await leader('seoul').do(tx => addLeave(tx, officers[at]!, away))
  await leader('gangwon').do(tx => addLeave(tx, officers[7]!, away))
  await expect(made(trial)).rejects.toMatchObject({
    code: 'staffing.noRoster',
    sentence: { ko: expect.stringContaining('2026-12-01: 강원에 갈 수 있는 여성 수사관이 없습니다.') },
  })
})

test('days off are a team’s own: no other leader enters or sees them, and no reason is stored', async () => {
  await using trial = await openTrial()
  const { officers, as, leader } = await given(trial)
  const away = { from: '2026-12-01', until: '2026-12-02' }
  await leader('busan').do(tx => addLeave(tx, officers[2]!, away))
  expect(await leader('busan').see(leave)).toMatchObject([away])
  expect(await leader('seoul').see(leave)).toEqual([])
  expect(await trial.as(as(2)).see(leave)).toHaveLength(1)
  expect(await trial.as(as(3)).see(leave)).toEqual([])
  const fault = (change: object, at = 2) =>
    leader('busan').do(tx => addLeave(tx, officers[at]!, { ...away, ...change }))
  await expect(fault({}, 0)).rejects.toMatchObject({ code: 'staffing.notInAgency' })
  await expect(fault({ until: '2026-11-30' })).rejects.toMatchObject({ code: 'staffing.wrongSpan' })
  const [row] = await leader('busan').see(leave)
  await expect(leader('seoul').do(tx => dropLeave(tx, row!.leave))).rejects.toMatchObject({
    code: 'staffing.noLeave',
  })
  const { rows } = await trial.database.pool.query(
    `select column_name from information_schema.columns where table_schema = 'staffing' and table_name = 'leave'`,
  )
  expect(rows.map(each => (each as { column_name: string }).column_name).toSorted()).toEqual([
    'from_day',
    'id',
    'officer',
    'until_day',
  ])
})

test('a duty changes hands when the colleague agrees and the leader approves, and the roster still holds', async () => {
  await using trial = await openTrial()
  const { officers, as, leader } = await given(trial)
  const { keep } = await made(trial, { peopleOnShift: 4, days: 4 })
  await keep()
  const rows = await week(trial)
  const own = rows.find(row => officers.indexOf(row.officer) === 0)!
  const other = officers[1]!
  const one = trial.as(as(0))
  await expect(trial.as(as(2)).do(tx => askSwap(tx, own.duty, officers[1]!))).rejects.toMatchObject({
    code: 'staffing.noDuty',
  })
  const swap = await one.do(tx => askSwap(tx, own.duty, other))
  await expect(one.do(tx => askSwap(tx, own.duty, officers[2]!))).rejects.toMatchObject({
    code: 'staffing.swapOpen',
  })
  const decide = (who: Staff, isAgreed = true) => trial.as(who).do(tx => decideSwap(tx, swap, isAgreed))
  await expect(decide(staff('leader', 'seoul')), 'before the colleague agrees').rejects.toMatchObject({
    code: 'staffing.noSwap',
  })
  expect(await trial.as(as(1)).see(openSwaps)).toMatchObject([{ state: 'asked', isForMe: true }])
  expect(await trial.as(as(4)).see(openSwaps), 'none of theirs').toEqual([])
  await trial.as(as(1)).do(tx => answerSwap(tx, swap, true))
  await expect(decide(staff('leader', 'busan')), 'another team’s leader').rejects.toMatchObject({
    code: 'staffing.noSwap',
  })
  await expect(decide({ ...staff('leader', 'seoul'), officer: officers[1]! })).rejects.toMatchObject({
    code: 'staffing.noSwap',
  })
  const isOnCall = rows.some(
    row => row.officer === other && Math.abs(Number(row.day.slice(8)) - Number(own.day.slice(8))) <= 1,
  )
  const decided = leader('seoul').do(tx => decideSwap(tx, swap, true))
  if (isOnCall) await expect(decided).rejects.toMatchObject({ code: 'staffing.swapBreaks' })
  else await decided
  const after = await week(trial)
  expect(after.find(row => row.duty === own.duty)?.officer).toBe(isOnCall ? officers[0] : other)
})

test('the calendar is read by a parser that is not ours, says when and nothing else, and ends when taken back', async () => {
  await using trial = await openTrial()
  const { officers, as } = await given(trial)
  await (await made(trial)).keep()
  const who = as(2)
  const secret = await trial.as(who).do(openCalendar)
  expect(secret).toMatch(/^[\w-]{43}$/)
  const feed = (text: string) => trial.as(machine('staffing')).see(tx => calendarOf(tx, text))
  const text = await feed(secret)
  const calendar = new ICAL.Component(ICAL.parse(text) as never[])
  const events = calendar.getAllSubcomponents('vevent').map(each => new ICAL.Event(each))
  const own = (await week(trial, who)).filter(row => row.isOwn)
  expect(own.length).toBeGreaterThan(0)
  expect(events.map(event => event.startDate.toJSDate().toISOString())).toEqual(
    own.map(row => `${row.day}T00:00:00.000Z`),
  )
  expect(events.map(event => event.duration.toSeconds())).toEqual(own.map(() => 86_400))
  expect(text.split('\r\n').every(line => new TextEncoder().encode(line).length <= 75)).toBe(true)
  for (const officer of officers) expect(text).not.toContain(officer)
  expect(text).not.toContain('수사관')
  const { rows } = await trial.database.pool.query('select * from staffing.calendar')
  expect(JSON.stringify(rows), 'the secret itself is stored nowhere').not.toContain(secret)
  const second = await trial.as(who).do(openCalendar)
  await expect(feed(secret), 'a new address ends the old one').rejects.toMatchObject({
    code: 'staffing.noCalendar',
  })
  await feed(second)
  await trial.as(who).do(closeCalendar)
  await expect(feed(second)).rejects.toMatchObject({ code: 'staffing.noCalendar' })
})

test('languages and skills are noted by fixed codes', async () => {
  await using trial = await openTrial()
  const { officers } = await given(trial)
  const strengths = { languages: ['vi', 'en', 'vi'], skills: ['minors' as const] }
  await trial.as(commander).do(tx => setStrengths(tx, officers[0]!, strengths))
  const { rows } = await trial.database.pool.query(
    'select languages, skills from staffing.officer where id = $1',
    [officers[0]],
  )
  expect(rows).toEqual([{ languages: ['en', 'vi'], skills: ['minors'] }])
  await expect(
    trial.as(staff('leader', 'seoul')).do(tx => setStrengths(tx, officers[0]!, strengths)),
  ).rejects.toMatchObject({ code: 'staffing.noOfficer' })
})
