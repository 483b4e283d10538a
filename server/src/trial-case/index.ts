/**
 * What tests of rooms above `cases` begin with: a case with one address. It stands beside the rooms, since the
 * platform knows none and a room's own beginnings are entered by nobody else.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { joinTeam, openFromReport } from '#cases'
import { fileReport, prepareFiling, reportContent, type Purpose, type ReportForm } from '#intake'
import { newId, type AddressId, type CaseId, type ConsentId, type ReportId } from '#platform/ids'
import { machine, reporter, type Trial } from '#platform/trial'
import { trialKeys, trialMailbox } from '#platform/trial-keys'
import type { Staff } from '#platform/who'

export interface Opened {
  readonly case: CaseId
  readonly report: ReportId
  readonly address: AddressId
}

/** A case in Seoul whose reporter has named this address. `keys` are those that will open its fingerprints; `change` is what else the form says. */
export async function openCase(
  trial: Trial,
  url: string,
  fingerprints: ReportForm['fingerprints'] = [],
  keys = trialKeys,
  change: Partial<ReportForm> = {},
): Promise<Opened> {
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
    addresses: [url],
    fingerprints,
    ...change,
  }
  const ready = prepareFiling(keys, trial.clock.now(), form, randomUUID())
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  const room = trial.as(machine('cases'))
  const id = await room.do(tx => openFromReport(tx, { report }))
  await join(trial, id, ...trial.team)
  const { addresses } = await room.see(tx => reportContent(tx, report))
  return { case: id, report, address: addresses[0]!.address }
}

/** Joins people to the team of a case: from here on they see into it. */
export async function join(trial: Trial, id: CaseId, ...people: readonly Staff[]): Promise<void> {
  for (const { account } of people) await trial.as(machine('cases')).do(tx => joinTeam(tx, id, account))
}

/** The person of a case says that something may be done, or no longer; nobody has heard of it yet. */
export async function consentSaid(
  trial: Trial,
  id: CaseId,
  purpose: Purpose,
  isGiven: boolean,
): Promise<ConsentId> {
  const consent = newId<'ConsentId'>(trial.clock.now())
  await trial.database.pool.query(
    `insert into cases.consent (id, case_id, purpose, is_given, said_by, at) values ($1, $2, $3, $4, 'reporter', $5)`,
    [consent, id, purpose, isGiven, trial.clock.now()],
  )
  return consent
}
