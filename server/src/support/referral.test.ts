import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseId, ReferralId } from '#platform/ids'
import { openSupportKeys, type SupportKeys } from '#platform/support-keys'
import { machine, staff, type Trial } from '#platform/trial'
import { databaseAsText } from '#platform/trial-rows'
import type { Staff } from '#platform/who'
import { addBody, closeBody, listAgents, listBodies, nameAgent } from './body.ts'
import { knownBodies } from './directory.ts'
import { caseOf, enrolled, given, logOf } from './given.ts'
import {
  draftReferral,
  listReferrals,
  noteOverdueReferrals,
  openReferral,
  ownReferrals,
  sealReferral,
  sendReferral,
  stepReferral,
  takeReferral,
} from './referral.ts'
import { NewBody, nextOf, ReferralDraft, ReferralQuery, referralStates } from './referral-schema.ts'
import type { ReferralStep } from './referral-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'jikimi-referral-'))
let keys: SupportKeys
beforeAll(async () => {
  keys = await openSupportKeys(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const centre = 'digital-sex-crime-centre'
const draft = (change: object = {}) =>
  ReferralDraft.parse({
    body: centre,
    facts: ['wishedName', 'region', 'words'],
    wishedName: '바다',
    words: '저녁에만 통화할 수 있어요',
    ...change,
  })
async function sent(trial: Trial, who: Staff, of: CaseId, change: object = {}): Promise<ReferralId> {
  const drafted = await trial.as(who).see(tx => draftReferral(tx, of, draft(change)))
  const ready = await sealReferral(keys, trial.clock.now(), drafted)
  return trial.as(who).do(tx => sendReferral(tx, ready))
}
const read = async (trial: Trial, who: Staff, id: ReferralId) =>
  (await openReferral(keys, await trial.as(who).do(tx => takeReferral(tx, id)))).text
const list = (trial: Trial, who: Staff, change: object = {}) =>
  trial.as(who).see(async tx => (await listReferrals(tx, ReferralQuery.parse(change))).rows)
async function agentOf(trial: Trial, body: string): Promise<Staff> {
  const agent = await enrolled(trial, 'partnerAgent', null)
  await trial.as(await enrolled(trial, 'administrator', null)).do(tx => nameAgent(tx, agent.account, body))
  return agent
}

test('what was shown is what is sent; the body’s agent reads it and answers, and sees nothing of the case', async () => {
  await using trial = await given()
  const { counsellor, officer } = trial.people
  const { case: id } = await caseOf(trial)
  const agent = await agentOf(trial, centre)
  const shown = await trial.as(counsellor).see(tx => draftReferral(tx, id, draft()))
  expect(shown.text).toContain('불리고 싶은 이름: 바다')
  expect(shown.text).toContain('지역: 서울경찰청')
  expect(shown.text).not.toMatch(/연락 방법|피해 유형|clips\.example/)
  const referral = await sent(trial, counsellor, id)
  expect(await read(trial, agent, referral)).toBe(shown.text)
  const own = await trial.as(agent).see(ownReferrals)
  expect(own.rows).toMatchObject([{ referral, kind: 'centre', state: 'sent', isOverdue: false }])
  expect(JSON.stringify(own)).not.toContain(id)
  const { rows: tables } = await trial.database.pool.query<{ name: string }>(`
    select distinct p.table_schema || '.' || p.table_name as name from information_schema.column_privileges p
    join information_schema.tables t using (table_schema, table_name)
    where p.grantee = 'jikimi_app' and p.privilege_type = 'SELECT' and t.table_type = 'BASE TABLE'
      and p.table_schema not in ('platform', 'pgboss', 'public')`)
  await trial.as(agent).see(async tx => {
    const seen: string[] = []
    for (const { name } of tables)
      if ((await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx.db as never)).rows.length > 0)
        seen.push(name)
    // Their own account, the list of agencies, and what was sent to them.
    expect(seen.toSorted()).toEqual([
      'access.member',
      'access.user',
      'staffing.agency',
      'support.referral',
      'support.referral_text',
    ])
  })
  await trial.as(agent).do(tx => stepReferral(tx, referral, { to: 'accepted' }))
  await trial.as(agent).do(tx => stepReferral(tx, referral, { to: 'done' }))
  // Done with: the list says that it was, the words are not the body's any more.
  await expect(read(trial, agent, referral)).rejects.toMatchObject({ code: 'support.noReferral' })
  expect(await list(trial, officer, { case: id })).toMatchObject([
    {
      state: 'done',
      dueAt: null,
      mayRead: false,
      facts: ['wishedName', 'region', 'words'],
      name: { en: 'Digital Sex Crime Victim Support Center' },
    },
  ])
  expect((await logOf(trial, id)).map(each => [each.kind, each.detail])).toEqual([
    ['referral.sent', { facts: 3, kind: 'centre' }],
    ['referral.read', {}],
    ['referral.accepted', { byBody: true }],
    ['referral.done', { byBody: true }],
  ])
  const text = await databaseAsText(trial)
  expect(text).not.toContain('저녁에만')
  expect(text).not.toContain(Buffer.from('저녁에만').toString('hex'))
})

test('another body’s agent, one of no body, and who is off the case see and answer nothing', async () => {
  await using trial = await given()
  const { counsellor, officer, leader } = trial.people
  const { case: id } = await caseOf(trial)
  const agent = await agentOf(trial, centre)
  const referral = await sent(trial, counsellor, id)
  for (const who of [
    await agentOf(trial, 'women-lawyers'),
    await enrolled(trial, 'partnerAgent', null),
    staff('officer', 'busan'),
    staff('leader'),
  ]) {
    expect((await trial.as(who).see(ownReferrals)).rows).toEqual([])
    await expect(read(trial, who, referral)).rejects.toMatchObject({ code: 'support.noReferral' })
    await expect(
      trial.as(who).do(tx => stepReferral(tx, referral, { to: 'accepted' })),
    ).rejects.toMatchObject({ code: 'support.noReferral' })
  }
  // The team sees that there is one; its words only who sent it and the counsellors of the case.
  for (const who of [officer, leader]) {
    expect(await list(trial, who)).toHaveLength(1)
    await expect(read(trial, who, referral)).rejects.toMatchObject({ code: 'support.noReferral' })
  }
  await read(trial, counsellor, referral)
  const byOfficer = await sent(trial, officer, id)
  await read(trial, officer, byOfficer)
  // Withdrawn, it is gone from the body's view.
  await trial.as(officer).do(tx => stepReferral(tx, referral, { to: 'withdrawn', reason: 'victimWithdrew' }))
  expect((await trial.as(agent).see(ownReferrals)).rows.map(row => row.referral)).toEqual([byOfficer])
  await expect(read(trial, agent, referral)).rejects.toMatchObject({ code: 'support.noReferral' })
  // The database lets an agent withdraw nothing.
  await expect(
    trial.as(agent).do(tx => stepReferral(tx, byOfficer, { to: 'withdrawn', reason: 'mistake' })),
  ).rejects.toThrow(/row-level security/)
})

test('a referral goes on as the table says and no other way', async () => {
  await using trial = await given()
  const { counsellor } = trial.people
  const { case: id } = await caseOf(trial)
  const stepTo = (to: Exclude<(typeof referralStates)[number], 'sent'>): ReferralStep =>
    to === 'declined' ? { to, reason: 'noCapacity' } : to === 'withdrawn' ? { to, reason: 'mistake' } : { to }
  const own = trial.as(counsellor)
  for (const from of referralStates)
    for (const to of ['accepted', 'declined', 'done', 'withdrawn'] as const) {
      const referral = await sent(trial, counsellor, id, { facts: [] })
      if (from === 'done') await own.do(tx => stepReferral(tx, referral, { to: 'accepted' }))
      if (from !== 'sent') await own.do(tx => stepReferral(tx, referral, stepTo(from)))
      const done = await own
        .do(tx => stepReferral(tx, referral, stepTo(to)))
        .then(
          () => true,
          (error: { code: string }) => error.code,
        )
      expect(done, `${from} → ${to}`).toBe(
        (nextOf[from] as readonly string[]).includes(to) ? true : 'support.noWay',
      )
    }
})

test('what the body does not answer in three days, or do in thirty, is told once each and stands first', async () => {
  await using trial = await given()
  const { counsellor } = trial.people
  const { case: id } = await caseOf(trial)
  const tick = async () => {
    for (const _ of [1, 2]) await trial.as(machine('support')).do(noteOverdueReferrals)
  }
  const first = await sent(trial, counsellor, id)
  trial.clock.advance(3 * 86_400_000)
  await tick()
  const second = await sent(trial, counsellor, id)
  expect((await list(trial, counsellor)).map(row => [row.referral, row.isOverdue])).toEqual([
    [first, true],
    [second, false],
  ])
  await trial.as(counsellor).do(tx => stepReferral(tx, first, { to: 'accepted' }))
  expect((await list(trial, counsellor)).map(row => row.referral)).toEqual([second, first])
  await trial.as(counsellor).do(tx => stepReferral(tx, second, { to: 'declined', reason: 'notOurs' }))
  trial.clock.advance(30 * 86_400_000)
  await tick()
  expect((await logOf(trial, id)).filter(each => each.kind === 'referral.overdue')).toEqual([
    { kind: 'referral.overdue', detail: { isAnswered: false } },
    { kind: 'referral.overdue', detail: { isAnswered: true } },
  ])
})

test('the directory: what comes with the program, what is added and closed, and who answers for a body', async () => {
  await using trial = await given()
  const { counsellor, officer } = trial.people
  const { case: id } = await caseOf(trial)
  expect(new Set(knownBodies.map(each => each.code)).size).toBe(knownBodies.length)
  const own = trial.as(counsellor)
  const form = NewBody.parse({
    name: '가까운 쉼터',
    kind: 'shelter',
    region: 'seoul',
    languages: ['ko', 'vi'],
  })
  const body = await own.do(tx => addBody(tx, form))
  await expect(own.do(tx => addBody(tx, { ...form, region: 'atlantis' }))).rejects.toMatchObject({
    code: 'staffing.noAgency',
  })
  await expect(trial.as(officer).do(tx => addBody(tx, form))).rejects.toThrow(/row-level security/)
  const agent = await agentOf(trial, body)
  const shown = (await own.see(listBodies)).rows
  expect(shown).toHaveLength(knownBodies.length + 1)
  expect(shown.at(-1)).toMatchObject({ body, isOwn: true, hasAgent: true, languages: ['ko', 'vi'] })
  expect(shown.find(each => each.body === 'sunflower')).toMatchObject({
    hasAgent: false,
    unconfirmed: ['languages', 'accessibility', 'phone'],
  })
  const administrator = trial.as(await enrolled(trial, 'administrator', null))
  await expect(administrator.do(tx => nameAgent(tx, officer.account, body))).rejects.toMatchObject({
    code: 'support.noAgent',
  })
  await expect(administrator.do(tx => nameAgent(tx, agent.account, 'nobody-here'))).rejects.toMatchObject({
    code: 'support.noBody',
  })
  expect((await administrator.see(listAgents)).rows).toEqual([{ account: agent.account, body }])
  await administrator.do(tx => nameAgent(tx, agent.account, null))
  expect((await administrator.see(listAgents)).rows).toEqual([])
  const referral = await sent(trial, counsellor, id, { body })
  await own.do(tx => closeBody(tx, body))
  for (const code of [body, centre])
    await expect(own.do(tx => closeBody(tx, code))).rejects.toMatchObject({ code: 'support.noBody' })
  await expect(sent(trial, counsellor, id, { body })).rejects.toMatchObject({ code: 'support.noBody' })
  expect(await list(trial, counsellor)).toMatchObject([{ referral, name: { ko: '가까운 쉼터' } }])
})
