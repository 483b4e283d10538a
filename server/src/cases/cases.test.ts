import { expect, test } from 'vitest'
import { on } from '#platform/jobs'
import { newId } from '#platform/ids'
import { addFoundAddress, reportContent, tellVictim } from '#intake'
import { machine, openTrial } from '#platform/trial'
import { caseRow } from './file.ts'
import { filed, given, opened } from './given.ts'
import { putMatter, reopenMatter, settleMatter } from './matter.ts'
import { addAddressFromReport, openFromReport } from './opening.ts'
import { readCase } from './reading.ts'

const heard = async () => {}
const procedure = [
  on('case.opened', 'matching', heard),
  on('address.opened', 'evidence', heard),
  on('case.closed', 'statistics', heard),
]
const room = machine('cases')

test('a report becomes a case at the agency of its region, with an officer and a matter for each address', async () => {
  await using trial = await openTrial({ procedure })
  const { officers } = await given(trial)
  const report = await filed(trial, { region: 'busan', contact: { way: 'phone', value: '010-0000-0000' } })
  const id = await trial.as(room).do(tx => openFromReport(tx, { report }))
  const seen = await trial.as(room).do(tx => readCase(tx, id))
  expect(seen).toMatchObject({
    agency: 'busan',
    number: '부산-2026-0001',
    state: 'open',
    isUrgent: false,
    openMatters: 3,
    report,
  })
  expect(officers.busan).toContain(seen.officer!.officer)
  expect(seen.matters.map(matter => matter.kind)).toEqual(['address', 'address', 'contact'])
  const queued = await trial.queued()
  expect(queued.map(each => each.queue).toSorted()).toEqual([
    'address.opened/evidence',
    'address.opened/evidence',
    'case.opened/matching',
  ])
  expect(await trial.as(room).see(tx => reportContent(tx, report))).toMatchObject({ case: id })
})

test('who asked for a woman is given one, and the reporter is told so', async () => {
  await using trial = await openTrial({ procedure })
  const { women } = await given(trial)
  for (let count = 0; count < 3; count += 1) {
    const { file } = await opened(trial, { wantsWoman: true })
    expect(women).toContain(file.officer)
  }
})

test('a report without a region goes to the agency with the lowest load', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const agencies = new Set<string>()
  for (let count = 0; count < 4; count += 1) agencies.add((await opened(trial, { region: null })).file.agency)
  expect(agencies.size).toBeGreaterThan(1)
})

test('a report of somebody under 18, or of a threat, is urgent', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  expect((await opened(trial, { ageUnder18: true })).file).toMatchObject({ isMinor: true, isUrgent: true })
  expect((await opened(trial, { concern: 'minor', ageUnder18: null })).file).toMatchObject({
    isMinor: true,
    isUrgent: true,
  })
  expect((await opened(trial, { concern: 'threat' })).file).toMatchObject({ isMinor: false, isUrgent: true })
  expect((await opened(trial, { concern: 'leak' })).file).toMatchObject({ isMinor: false, isUrgent: false })
})

test('a report told twice, and twice at once, is one case', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const report = await filed(trial)
  const both = await Promise.all([1, 2].map(() => trial.as(room).do(tx => openFromReport(tx, { report }))))
  const third = await trial.as(room).do(tx => openFromReport(tx, { report }))
  expect(new Set([...both, third]).size).toBe(1)
  expect((await trial.queued()).filter(each => each.queue === 'case.opened/matching')).toHaveLength(1)
})

test('numbers of an agency and year have no gap, also where an opening failed; a new year begins at one', async () => {
  await using trial = await openTrial({ procedure, at: '2026-12-31T23:00:00+09:00' })
  await given(trial)
  const first = await opened(trial)
  const report = await filed(trial)
  const failing = trial.as(room).do(async tx => {
    await openFromReport(tx, { report })
    throw new Error('the power is gone')
  })
  await expect(failing).rejects.toThrow('the power is gone')
  const second = await opened(trial)
  trial.clock.set('2027-01-01T00:30:00+09:00')
  const third = await opened(trial)
  expect([first, second, third].map(each => each.file.number)).toEqual([
    '서울-2026-0001',
    '서울-2026-0002',
    '서울-2027-0001',
  ])
})

test('a report that names no address and no way to be called is spoken with before its case may close', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const { id, file } = await opened(trial, { addresses: [] })
  expect(file.state).toBe('open')
  await trial.as(room).do(tx => settleMatter(tx, id, 'contact', null, 'contacted'))
  expect((await trial.as(room).see(tx => caseRow(tx, id))).state).toBe('closed')
})

test('the case closes when its last matter is settled, once, and the officer is free again', async () => {
  await using trial = await openTrial({ procedure })
  const { loadOf } = await given(trial)
  const { id, file, addresses } = await opened(trial)
  const before = await loadOf(file.officer!)
  await trial.as(room).do(tx => settleMatter(tx, id, 'address', addresses[0]!, 'verified'))
  expect((await trial.as(room).see(tx => caseRow(tx, id))).state).toBe('open')
  const last = () => trial.as(room).do(tx => settleMatter(tx, id, 'address', addresses[1]!, 'blocked'))
  await Promise.all([last(), last()])
  const closed = await trial.as(room).see(tx => caseRow(tx, id))
  expect(closed).toMatchObject({ state: 'closed', closedAt: trial.clock.now() })
  expect(await loadOf(file.officer!)).toBeLessThan(before)
  expect((await trial.queued()).filter(each => each.queue === 'case.closed/statistics')).toHaveLength(1)
})

test('what comes back opens the case again, with an officer, and it closes a second time', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const { id, addresses } = await opened(trial, { addresses: ['https://clips.example/1'] })
  const as = trial.as(room)
  await as.do(tx => settleMatter(tx, id, 'address', addresses[0]!, 'verified'))
  await as.do(tx => reopenMatter(tx, id, 'address', addresses[0]!))
  await as.do(tx => reopenMatter(tx, id, 'address', addresses[0]!))
  const again = await as.do(tx => readCase(tx, id))
  expect(again).toMatchObject({ state: 'open', closedAt: null, openMatters: 1 })
  expect(again.officer).not.toBeNull()
  expect(again.matters[0]).toMatchObject({ state: 'reopened', settledAt: null, reason: null })
  await as.do(tx => settleMatter(tx, id, 'address', addresses[0]!, 'verified'))
  expect((await as.see(tx => caseRow(tx, id))).state).toBe('closed')
  expect((await trial.queued()).filter(each => each.queue === 'case.closed/statistics')).toHaveLength(2)
})

test('an address named later opens a closed case again; told twice, it is captured once', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const { id, report, addresses } = await opened(trial, { addresses: ['https://clips.example/1'] })
  const as = trial.as(room)
  await as.do(tx => settleMatter(tx, id, 'address', addresses[0]!, 'verified'))
  const address = await as.do(tx => addFoundAddress(tx, report, 'https://mirror.example/1'))
  await as.do(tx => addAddressFromReport(tx, { report, address }))
  await as.do(tx => addAddressFromReport(tx, { report, address }))
  expect(await as.do(tx => readCase(tx, id))).toMatchObject({ state: 'open', openMatters: 1 })
  expect((await trial.queued()).filter(each => each.queue === 'address.opened/evidence')).toHaveLength(2)
})

test('an address that overtakes its report opens the case with all addresses, each once', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const report = await filed(trial)
  const as = trial.as(room)
  const { addresses } = await as.see(tx => reportContent(tx, report))
  await as.do(tx => addAddressFromReport(tx, { report, address: addresses[1]!.address }))
  await as.do(tx => openFromReport(tx, { report }))
  expect((await trial.queued()).filter(each => each.queue === 'address.opened/evidence')).toHaveLength(2)
})

test('a matter put up twice is one; settling what was never there does nothing', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const { id } = await opened(trial)
  const as = trial.as(room)
  const about = newId<'TargetId'>(trial.clock.now())
  const first = await as.do(tx => putMatter(tx, id, 'target', about))
  expect(await as.do(tx => putMatter(tx, id, 'target', about))).toEqual({
    matter: first.matter,
    isNew: false,
  })
  await as.do(tx => settleMatter(tx, id, 'block', about, 'blocked'))
  expect((await as.do(tx => readCase(tx, id))).matters).toHaveLength(3)
  await expect(
    as.do(tx => putMatter(tx, newId<'CaseId'>(trial.clock.now()), 'contact')),
  ).rejects.toMatchObject({ code: 'cases.noCase' })
})

test('the case shows each address with its steps', async () => {
  await using trial = await openTrial({ procedure })
  await given(trial)
  const { id, addresses } = await opened(trial)
  await trial.as(room).do(tx => tellVictim(tx, addresses[0]!, 'captured'))
  const seen = await trial.as(room).do(tx => readCase(tx, id))
  expect(seen.addresses.map(each => each.now)).toEqual(['captured', 'received'])
})
