import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Tx } from '#platform/database'
import { on } from '#platform/jobs'
import { newId } from '#platform/ids'
import { machine, openTrial, reporter, staff, type Trial } from '#platform/trial'
import { trialKeys } from '#platform/trial-keys'
import { nobody } from '#platform/who'
import { addAddresses, addFoundAddress, addressesOfReportMax, addressOf } from './address.ts'
import { filed, formOf } from './given.ts'
import { progress, tellVictim } from './progress.ts'
import { fileReport, prepareFiling, readReport, received, reportContent } from './report.ts'

const procedure = [on('report.filed', 'cases', async () => {}), on('address.added', 'cases', async () => {})]
const tablesOfReport = ['address', 'unreadable', 'fingerprint', 'step', 'message', 'reading']

async function countOf(trial: Trial, table: string): Promise<number> {
  const { rows } = await trial.database.pool.query<{ count: number }>(`select count(*) from ${table}`)
  return rows[0]!.count
}

test('a report is filed: its reporter sees each address as received, and the cases room is told', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial)
  const seen = await trial.as(reporter(report)).see(progress)
  expect(seen).toMatchObject({ caseState: 'received', officer: null, unread: 0, language: 'ko' })
  expect(seen.addresses.map(each => [each.canonical, each.now])).toEqual([
    ['https://clips.example/watch/1', 'received'],
    ['https://clips.example/watch/2', 'received'],
  ])
  expect(await trial.queued()).toEqual([{ queue: 'report.filed/cases', payload: { report } }])
})

test('a double click files one report and shows the same receipt and the same addresses', async () => {
  await using trial = await openTrial({ procedure })
  const key = randomUUID()
  const first = await filed(trial, { addresses: ['https://clips.example/a', 'not an address'] }, key)
  const answer = await trial.as(reporter(first.report)).see(tx => received(tx, first.report))
  trial.clock.advance(60_000)
  await trial.as(reporter(first.report)).do(tx => addAddresses(tx, ['https://clips.example/b']))
  const second = await filed(trial, { addresses: ['https://clips.example/a', 'not an address'] }, key)
  expect(second).toEqual(first)
  expect(await trial.as(reporter(second.report)).see(tx => received(tx, second.report))).toEqual(answer)
  expect(answer.refusedAddresses.map(each => each.index)).toEqual([1])
  expect(await countOf(trial, 'intake.report')).toBe(1)
})

test('two identical posts at once are one report', async () => {
  await using trial = await openTrial({ procedure })
  const key = randomUUID()
  const both = await Promise.all([filed(trial, {}, key), filed(trial, {}, key)])
  expect(both[0]).toEqual(both[1])
  expect(await countOf(trial, 'intake.report')).toBe(1)
  expect(await countOf(trial, 'intake.address')).toBe(2)
  expect((await trial.queued()).length).toBe(1)
})

test('another form under the same key is refused, and nothing of it is kept', async () => {
  await using trial = await openTrial({ procedure })
  const key = randomUUID()
  const { report } = await filed(trial, {}, key)
  await expect(filed(trial, { story: 'b3RoZXI=' }, key)).rejects.toMatchObject({
    code: 'intake.keyReused',
  })
  expect((await trial.as(machine('cases')).see(tx => reportContent(tx, report))).addresses).toHaveLength(2)
})

test('a receipt is stored as its veil only, and what a person wrote stands in no log and no queue', async () => {
  await using trial = await openTrial({ procedure })
  const secret = {
    story: Buffer.from('비밀-이야기').toString('base64'),
    contact: { way: 'email', value: 'secret@person.example', note: '밤에는 안 돼요' },
  } as const
  const { report, token } = await filed(trial, secret)
  await trial.as(reporter(report)).do(tx => addAddresses(tx, ['https://clips.example/private-name']))
  const { rows } = await trial.database.pool.query<{ text: string }>(
    `select body as text from audit.entry union all select data::text from pgboss.job union all select receipt_veil || key_veil || form_veil from intake.report`,
  )
  const text = rows.map(row => row.text).join('\n')
  for (const word of [token, secret.story, 'secret@', '밤에는', 'private-name'])
    expect(text).not.toContain(word)
})

test('what cannot be read as an address is kept as text for an officer', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial, {
    addresses: ['텔레그램 방 이름은 봄날', '  ', 'https://clips.example/a', 'https://CLIPS.example/a'],
  })
  const answer = await trial.as(reporter(report)).see(tx => received(tx, report))
  expect(answer.addresses).toHaveLength(1)
  expect(answer.refusedAddresses.map(each => each.index)).toEqual([0])
  const read = await trial.as(machine('cases')).do(tx => readReport(tx, report))
  expect(read.unreadable.map(each => each.text)).toEqual(['텔레그램 방 이름은 봄날'])
  expect(read).toMatchObject({ pictures: 1, videos: 0, story: '', storyLetter: formOf().story })
})

test('the reporter names one more address; naming it twice does nothing twice', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial)
  const own = trial.as(reporter(report))
  const [first, second] = await Promise.all([
    own.do(tx => addAddresses(tx, ['https://elsewhere.example/x'])),
    own.do(tx => addAddresses(tx, ['https://elsewhere.example/x'])),
  ])
  expect(first).toEqual(second)
  expect((await trial.queued()).filter(each => each.queue === 'address.added/cases')).toHaveLength(1)
  await expect(own.do(tx => addAddresses(tx, ['그 사이트', '']))).rejects.toMatchObject({
    code: 'intake.noAddressFound',
  })
})

test('a report takes so many addresses and no more', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial, { addresses: [] })
  const own = trial.as(reporter(report))
  const batch = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `https://clips.example/${from + index}`)
  await own.do(tx => addAddresses(tx, batch(0, addressesOfReportMax)))
  await expect(own.do(tx => addAddresses(tx, batch(addressesOfReportMax, 1)))).rejects.toMatchObject({
    code: 'intake.tooManyAddresses',
  })
})

test('a copy found again is the same address; one that cannot be read is refused', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial)
  const room = trial.as(machine('takedown'))
  const found = await room.do(tx => addFoundAddress(tx, report, 'https://mirror.example/1'))
  expect(await room.do(tx => addFoundAddress(tx, report, 'https://MIRROR.example/1'))).toBe(found)
  expect(await room.see(tx => addressOf(tx, found))).toMatchObject({
    report,
    source: 'found',
    canonical: 'https://mirror.example/1',
  })
  await expect(room.do(tx => addFoundAddress(tx, report, 'javascript:alert(1)'))).rejects.toMatchObject({
    code: 'intake.noAddressFound',
  })
})

test('the victim is told each step once, in order', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial, { addresses: ['https://clips.example/a'] })
  const [address] = (await trial.as(machine('evidence')).see(tx => reportContent(tx, report))).addresses
  for (const step of [
    'captured',
    'captured',
    'recognised',
    'requested',
    'verified',
    'returned',
    'verified',
  ] as const)
    await trial.as(machine('takedown')).do(tx => tellVictim(tx, address!.address, step))
  const [seen] = (await trial.as(reporter(report)).see(progress)).addresses
  expect(seen!.steps.map(each => each.step)).toEqual([
    'received',
    'captured',
    'recognised',
    'requested',
    'verified',
    'returned',
    'verified',
  ])
  expect(seen!.now).toBe('verified')
  const missing = newId<'AddressId'>(trial.clock.now())
  await expect(
    trial.as(machine('takedown')).do(tx => tellVictim(tx, missing, 'removed')),
  ).rejects.toMatchObject({ code: 'intake.noAddress' })
})

test('a report without a case is seen by its reporter and by no member of staff, whatever the role', async () => {
  await using trial = await openTrial({ procedure })
  const { report } = await filed(trial)
  const other = await filed(trial)
  const team = (['officer', 'leader', 'counsellor', 'commander', 'administrator'] as const).map(role =>
    staff(role),
  )
  for (const who of [nobody, reporter(other.report), ...team]) {
    await trial.as(who).see(async tx => {
      for (const table of tablesOfReport) {
        const { rows } =
          await sql`select * from ${sql.table(`intake.${table}`)} where report_id = ${report}`.execute(
            tx.db as Tx['db'],
          )
        expect(rows, `${who.kind} in ${table}`).toEqual([])
      }
    })
    await expect(trial.as(who).do(tx => readReport(tx, report))).rejects.toMatchObject({
      code: 'intake.noReport',
    })
  }
})

test('nobody files in another’s name, and nobody without a name', async () => {
  await using trial = await openTrial({ procedure })
  const ready = prepareFiling(trialKeys, trial.clock.now(), formOf(), randomUUID())
  for (const who of [nobody, staff('officer'), reporter(newId<'ReportId'>(trial.clock.now()))])
    await expect(trial.as(who).do(tx => fileReport(tx, ready))).rejects.toThrow(/row-level security/)
})
