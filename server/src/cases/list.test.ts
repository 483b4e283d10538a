import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { machine, openTrial, staff } from '#platform/trial'
import { given, join, opened } from './given.ts'
import { listCases } from './list.ts'
import { settleMatter } from './matter.ts'
import { CaseQuery, type CaseLine } from './schema.ts'

const ask = (query: object) => CaseQuery.parse(query)

test('the list shows open and closed cases, one’s own, and those found by number or host', async () => {
  await using trial = await openTrial()
  const { officers } = await given(trial)
  const first = await opened(trial, { addresses: ['https://cdn.clips.example/1'], story: 'c3BlY2lhbA==' })
  trial.clock.advance(1000)
  const second = await opened(trial, { addresses: ['https://mirror.example/2'] })
  await trial
    .as(machine('cases'))
    .do(tx => settleMatter(tx, first.id, 'address', first.addresses[0]!, 'verified'))
  const me = { ...staff('officer'), officer: second.file.officer }
  await join(trial, first.id, me)
  const found = async (query: object, who = me) =>
    (await trial.as(who).see(tx => listCases(tx, ask(query)))).rows.map(row => row.case)
  expect(await found({})).toEqual([second.id, first.id])
  expect(await found({ state: 'open' })).toEqual([second.id])
  expect(await found({ state: 'closed' })).toEqual([first.id])
  expect(await found({ mine: 'true' })).toEqual([second.id])
  expect(await found({ mine: 'true' }, { ...staff('counsellor'), officer: null })).toEqual([])
  expect(await found({ q: first.file.number })).toEqual([first.id])
  expect(await found({ q: '서울-2026' })).toHaveLength(2)
  expect(await found({ q: 'clips.example' })).toEqual([first.id])
  expect(await found({ q: 'CDN.clips' })).toEqual([first.id])
  expect(await found({ q: 'mirror' })).toEqual([second.id])
  for (const q of ['특별한낱말', 'example', '%', "' or true --"]) expect(await found({ q }), q).toEqual([])
  const [line] = (await trial.as(me).see(tx => listCases(tx, ask({ state: 'open' })))).rows
  expect(line).toMatchObject({
    title: 'leak',
    openMatters: 1,
    addresses: 1,
    unread: 0,
    officer: { officer: second.file.officer },
  })
  expect(officers.seoul).toContain(line!.officer!.officer)
})

// Ten agencies' worth of cases in one: more than one agency has ever had.
const many = 10_000

test('ten thousand cases are paged through without loss, by an index', { timeout: 180_000 }, async () => {
  await using trial = await openTrial()
  const { pool } = trial.database
  await pool.query(
    `insert into intake.report (id, filed_at, receipt_veil, key_veil, form_veil, language, concern, relation, story, wants_woman, contact_way)
       select gen_random_uuid(), now(), 'r' || n, 'k' || n, 'f', 'ko', 'leak', 'self', '', false, 'receiptOnly' from generate_series(1, $1) n`,
    [many],
  )
  await pool.query(
    `with numbered as (select id, row_number() over () as n from intake.report)
     insert into cases.file (id, agency, report_id, number, state, concern, is_minor, is_urgent, wants_woman, opened_at)
       select gen_random_uuid(), case when n % 10 = 0 then 'busan' else 'seoul' end, id, 'N-2026-' || lpad(n::text, 5, '0'), 'open', 'leak', false, false, false, now() from numbered`,
  )
  await pool.query(
    `insert into cases.matter (id, case_id, kind, about, state, opened_at) select gen_random_uuid(), id, 'address', gen_random_uuid(), 'open', now() from cases.file`,
  )
  await pool.query(
    `insert into cases.host (agency, host, case_id) select agency, 'h' || right(number, 3) || '.example', id from cases.file`,
  )
  // Nobody is on so many teams; the leader sees as many from outside.
  const officer = staff('officer', 'seoul')
  await pool.query(
    `insert into cases.member (id, case_id, account_id, ground, words, from_at)
       select gen_random_uuid(), id, $1, 'team', '', '2026-01-01' from cases.file where agency = 'seoul'`,
    [officer.account],
  )
  await pool.query('analyze')
  for (const who of [officer, staff('leader', 'seoul')]) {
    const seen = new Set<string>()
    let after: CaseLine['case'] | null | undefined
    do {
      const query = { ...ask({ limit: '200' }), after: after ?? undefined }
      const page = await trial.as(who).see(tx => listCases(tx, query))
      for (const row of page.rows) seen.add(row.case)
      after = page.next
    } while (after !== null)
    expect(seen.size).toBe(many * 0.9)
  }
  const own = trial.as(officer)
  for (const q of ['h123', 'N-2026-01']) {
    expect((await own.see(tx => listCases(tx, ask({ q })))).rows.length).toBeGreaterThan(5)
  }
  const plan = await trial.as(staff('leader', 'seoul')).do(async tx => {
    const { rows } = await sql<{
      'QUERY PLAN': string
    }>`explain select * from cases.file where agency = ${'seoul'} and state = ${'open'} and id < ${'ffffffff-ffff-7fff-bfff-ffffffffffff'} order by id desc limit 50`.execute(
      tx.db,
    )
    return rows.map(row => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toMatch(/Index Scan Backward using file_by_(state|agency)/)
})
