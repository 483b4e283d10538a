import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseId } from '#platform/ids'
import { openKeys } from '#platform/keys'
import { bindSupportKeys, openSupportKeys, type SupportKeys } from '#platform/support-keys'
import { machine, staff, type Trial } from '#platform/trial'
import { databaseAsText } from '#platform/trial-rows'
import type { Staff } from '#platform/who'
import { join as joinCase } from '#trial-case'
import { planCounselling } from './counselling.ts'
import { NewCounselling } from './counselling-schema.ts'
import { caseOf, enrolled, given, inDays, logOf } from './given.ts'
import { allow, allowances, disallow, listNotes, openNote, sealNote, takeNote, writeNote } from './note.ts'
import { NewNote } from './note-schema.ts'
import { scoreOf, screens } from './screens.ts'

const folder = mkdtempSync(join(tmpdir(), 'jikimi-support-'))
let keys: SupportKeys
beforeAll(async () => {
  keys = await openSupportKeys(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const secret = '아무에게도 말하지 못한 이야기'
async function written(trial: Trial, who: Staff, of: CaseId, form: object = { kind: 'note', text: secret }) {
  const ready = await sealNote(keys, trial.clock.now(), of, NewNote.parse(form))
  return trial.as(who).do(tx => writeNote(tx, ready))
}
const read = async (trial: Trial, who: Staff, note: Awaited<ReturnType<typeof written>>) =>
  openNote(keys, await trial.as(who).do(tx => takeNote(tx, note)))

test('a note is read by its counsellor, and by nobody else of the unit, however they came into the case', async () => {
  await using trial = await given()
  const { counsellor, officer, leader } = trial.people
  const { case: id } = await caseOf(trial)
  const note = await written(trial, counsellor, id)
  expect(await read(trial, counsellor, note)).toMatchObject({ text: secret, isMine: true })
  const colleague = await enrolled(trial, 'counsellor', 'seoul')
  const lawyer = await enrolled(trial, 'lawyerLiaison', null)
  await joinCase(trial, id, colleague, lawyer)
  // Somebody behind broken glass sees the case.
  const breaker = await enrolled(trial, 'officer', 'busan')
  await trial.database.pool.query(`alter table cases.member disable trigger user`)
  await trial.database.pool.query(
    `insert into cases.member (id, case_id, account_id, ground, words, let_by, from_at, until_at)
     values (gen_random_uuid(), $1, $2, 'breakGlass', 'x', $2, $3, $3::timestamptz + interval '1 hour')`,
    [id, breaker.account, trial.clock.now()],
  )
  await trial.database.pool.query(`alter table cases.member enable trigger user`)
  const everybody = [
    officer,
    leader,
    colleague,
    lawyer,
    breaker,
    { ...counsellor, role: 'officer' as const },
    staff('administrator', null),
    staff('commander', null),
    staff('dataProtectionOfficer', null),
    staff('partnerAgent', null),
  ]
  for (const who of everybody) {
    await expect(read(trial, who, note), who.role).rejects.toMatchObject({ code: 'support.noNote' })
    await trial.as(who).see(async tx => {
      expect((await sql`select * from support.note`.execute(tx.db as never)).rows, who.role).toEqual([])
    })
  }
  for (const who of [officer, leader, breaker])
    expect((await trial.as(who).see(tx => listNotes(tx, id))).rows, 'they see the case').toEqual([])
  await trial.as(machine('support')).see(async tx => {
    expect((await sql`select * from support.note`.execute(tx.db as never)).rows, 'the product').toEqual([])
  })
})

test('the victim allows a colleague or a lawyer, and takes it back; each reading is in the log, no word is', async () => {
  await using trial = await given()
  const { counsellor, officer } = trial.people
  const { case: id } = await caseOf(trial)
  const note = await written(trial, counsellor, id)
  const next = await enrolled(trial, 'counsellor', 'seoul')
  const allowNext = () =>
    trial.as(counsellor).do(tx => allow(tx, id, { account: next.account, reason: 'newCounsellor' }))
  await expect(allowNext()).rejects.toMatchObject({ code: 'support.notOnCase' })
  await joinCase(trial, id, next)
  for (const account of [officer.account, counsellor.account])
    await expect(
      trial.as(counsellor).do(tx => allow(tx, id, { account, reason: 'victimAsked' })),
    ).rejects.toMatchObject({ code: 'support.mayNotBeAllowed' })
  // Nobody allows themselves: what is allowed is the allowing counsellor's own.
  await trial.as(next).do(tx => allow(tx, id, { account: counsellor.account, reason: 'cover' }))
  await expect(read(trial, next, note)).rejects.toMatchObject({ code: 'support.noNote' })
  await expect(
    trial.as(next).do(tx =>
      sql`insert into support.allowed (id, case_id, author_id, account_id, reason, given_at)
        values (gen_random_uuid(), ${id}, ${counsellor.account}, ${next.account}, 'cover', platform.now())`.execute(
        tx.db,
      ),
    ),
  ).rejects.toThrow(/row-level security/)
  const allowance = await allowNext()
  await expect(allowNext()).rejects.toMatchObject({ code: 'support.alreadyAllowed' })
  expect(await read(trial, next, note)).toMatchObject({ text: secret, isMine: false })
  expect((await trial.as(next).see(tx => listNotes(tx, id))).rows).toHaveLength(1)
  expect((await trial.as(counsellor).see(tx => allowances(tx, id))).candidates).toEqual([
    { account: next.account, name: '시험' },
  ])
  await trial.as(counsellor).do(tx => disallow(tx, allowance, 'victimWithdrew'))
  await expect(read(trial, next, note)).rejects.toMatchObject({ code: 'support.noNote' })
  expect((await logOf(trial, id)).filter(each => each.kind !== 'support.allowed')).toEqual([
    { kind: 'supportNote.written', detail: {} },
    { kind: 'supportNote.read', detail: {} },
    { kind: 'support.withdrawn', detail: { reason: 'victimWithdrew' } },
  ])
  // Even a row that somebody put there for an officer opens nothing to one.
  await trial.database.pool.query(
    `insert into support.allowed (id, case_id, author_id, account_id, reason, given_at)
     values (gen_random_uuid(), $1, $2, $3, 'cover', now())`,
    [id, counsellor.account, officer.account],
  )
  await expect(read(trial, officer, note)).rejects.toMatchObject({ code: 'support.noNote' })
})

test('at rest it is sealed to a key that is not the unit’s, and opens in its own row only', async () => {
  await using trial = await given()
  const { counsellor } = trial.people
  const { case: id } = await caseOf(trial)
  const notes = [
    await written(trial, counsellor, id),
    await written(trial, counsellor, id, { kind: 'safetyPlan', parts: { people: secret } }),
    await written(trial, counsellor, id, {
      kind: 'screen',
      screen: 'phq9',
      answers: [3, 3, 3, 3, 3, 3, 3, 3, 1],
    }),
  ]
  const text = await databaseAsText(trial)
  expect(text).not.toContain(secret)
  expect(text).not.toContain(Buffer.from(secret).toString('hex'))
  expect(text).not.toContain('phq9')
  const taken = await trial.as(counsellor).do(tx => takeNote(tx, notes[0]!))
  const unit = await openKeys(mkdtempSync(join(folder, 'unit-')))
  await expect(
    openNote({ identity: unit.unitIdentity, recipient: unit.unitRecipient }, taken),
  ).rejects.toMatchObject({ reason: 'noKey' })
  const moved = { ...taken, row: { ...taken.row, id: notes[1]! } }
  await expect(openNote(keys, moved)).rejects.toThrow('another row')
  expect((await read(trial, counsellor, notes[1]!)).parts).toMatchObject({ people: secret, signs: '' })
  expect((await read(trial, counsellor, notes[2]!)).screen).toMatchObject({
    score: 25,
    scoreMax: 27,
    band: { en: 'Severe (20–27)' },
    attention: { en: expect.stringContaining('safe') as string },
  })
  // What is written stays.
  await expect(
    trial.as(counsellor).do(tx => sql`update support.note set sealed = 'x'`.execute(tx.db)),
  ).rejects.toThrow(/permission denied/)
})

test('a note belongs to a session of its own counsellor and case', async () => {
  await using trial = await given()
  const { counsellor } = trial.people
  const [one, other] = [await caseOf(trial), await caseOf(trial)]
  const session = await trial
    .as(counsellor)
    .do(tx => planCounselling(tx, one.case, NewCounselling.parse({ way: 'chat', at: inDays(trial, 1) })))
  const form = { kind: 'note', text: 'x', counselling: session }
  await written(trial, counsellor, one.case, form)
  await expect(written(trial, counsellor, other.case, form)).rejects.toMatchObject({
    code: 'support.noCounselling',
  })
})

test('a screen takes one of its own answers for each of its questions, and says its source and licence', () => {
  for (const screen of screens) {
    const form = (answers: number[]) =>
      NewNote.safeParse({ kind: 'screen', screen: screen.code, answers }).success
    const least = screen.questions.map(() => 0)
    expect(form(least)).toBe(true)
    expect(form(least.slice(1))).toBe(false)
    expect(form(least.with(0, Math.max(...screen.choices.map(each => each.value)) + 1))).toBe(false)
    expect([screen.source, screen.licence].every(text => text.length > 20)).toBe(true)
    expect(scoreOf(screen, least)).toMatchObject({ score: 0, attention: null })
    expect(screen.bands[0]!.from).toBe(0)
    expect(screen.bands.map(each => each.from)).toEqual(
      screen.bands.map(each => each.from).toSorted((a, b) => a - b),
    )
  }
  expect(screens.map(each => [each.code, each.questions.length])).toEqual([
    ['pcPtsd5', 5],
    ['phq9', 9],
    ['gad7', 7],
  ])
})

test('the key is made once, for its owner alone; a database that knows another one is refused', async () => {
  await using trial = await given()
  expect(statSync(join(folder, 'support.json')).mode & 0o777).toBe(0o600)
  expect(await openSupportKeys(folder)).toEqual(keys)
  expect(readFileSync(join(folder, 'support.json'), 'utf8')).toContain('AGE-SECRET-KEY-PQ-1')
  const { pool } = trial.database
  await pool.query(
    `insert into platform.installation (only_row, unit_recipient, log_verifier) values (true, 'a', 'b')`,
  )
  for (const _ of [1, 2]) await bindSupportKeys(pool, keys)
  const other = await openSupportKeys(mkdtempSync(join(folder, 'other-')))
  await expect(bindSupportKeys(pool, other)).rejects.toThrow('JIKIMI_SUPPORT_KEYS')
})
