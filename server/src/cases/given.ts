/**
 * What tests of this room begin with: two teams, reports, cases.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { fileReport, prepareFiling, reportContent, type ReportForm } from '#intake'
import type { CaseId, OfficerId, ReportId } from '#platform/ids'
import { machine, reporter, staff, type Trial } from '#platform/trial'
import { trialKeys, trialMailbox } from '#platform/trial-keys'
import type { Role, Staff } from '#platform/who'
import { addOfficer, officers } from '#staffing'
import { caseRow } from './file.ts'
import { joinTeam } from './member.ts'
import { openFromReport } from './opening.ts'
import { readCase } from './reading.ts'

const team = [
  { name: '김수사', isWoman: false, isLeader: true, agency: 'seoul' },
  { name: '이수사', isWoman: true, isLeader: false, agency: 'seoul' },
  { name: '박수사', isWoman: false, isLeader: false, agency: 'seoul' },
  { name: '최수사', isWoman: true, isLeader: true, agency: 'busan' },
] as const

/** Posts three officers in Seoul and one in Busan. */
export async function given(trial: Trial) {
  const room = trial.as(machine('staffing'))
  const posted: { officer: OfficerId; agency: 'seoul' | 'busan'; isWoman: boolean }[] = []
  for (const each of team)
    posted.push({
      officer: await room.do(tx => addOfficer(tx, each)),
      agency: each.agency,
      isWoman: each.isWoman,
    })
  const of = (agency: string) => posted.filter(each => each.agency === agency).map(each => each.officer)
  return {
    officers: { seoul: of('seoul'), busan: of('busan') },
    women: posted.filter(each => each.isWoman).map(each => each.officer),
    loadOf: async (officer: OfficerId) =>
      (await room.see(tx => officers(tx))).find(each => each.officer === officer)?.load ?? 0,
  }
}

/** Files a report as the portal would. */
export async function filed(trial: Trial, change: Partial<ReportForm> = {}): Promise<ReportId> {
  const form: ReportForm = {
    language: 'ko',
    concern: 'leak',
    relation: 'self',
    ageUnder18: false,
    region: 'seoul',
    mailbox: trialMailbox(),
    story: null,
    wantsWoman: false,
    contact: { way: 'receiptOnly' },
    addresses: ['https://clips.example/watch/1', 'https://clips.example/watch/2'],
    fingerprints: [],
    ...change,
  }
  const ready = prepareFiling(trialKeys, trial.clock.now(), form, randomUUID())
  return trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
}

/** Files a report and opens its case. */
export async function opened(trial: Trial, change: Partial<ReportForm> = {}) {
  const report = await filed(trial, change)
  const room = trial.as(machine('cases'))
  const id = await room.do(tx => openFromReport(tx, { report }))
  await join(trial, id, ...trial.team)
  const file = await room.see(tx => caseRow(tx, id))
  const { addresses } = await room.see(tx => reportContent(tx, report))
  return { id, report, file, addresses: addresses.map(each => each.address) }
}

/** Joins people to the team of a case: from here on they see into it. */
export async function join(trial: Trial, id: CaseId, ...people: readonly Staff[]): Promise<void> {
  for (const { account } of people) await trial.as(machine('cases')).do(tx => joinTeam(tx, id, account))
}

/** Somebody with an account, as the console would list them. */
export async function enrolled(trial: Trial, role: Role, agency: string | null): Promise<Staff> {
  const who = staff(role, agency)
  await trial.database.pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, '시험', $2, true)`,
    [who.account, `${who.account}@jikimi.example`],
  )
  await trial.database.pool.query(
    `insert into access.member (account, role, agency, enrolled_at) values ($1, $2, $3, now())`,
    [who.account, role, agency],
  )
  return who
}

/** Expects that somebody finds no such case. */
export async function closedTo(trial: Trial, who: Staff, id: CaseId): Promise<void> {
  await expect(trial.as(who).do(tx => readCase(tx, id))).rejects.toMatchObject({ code: 'cases.noCase' })
}
