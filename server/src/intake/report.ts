import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type ReportId } from '#platform/ids'
import { emit } from '#platform/jobs'
import type { Keys } from '#platform/keys'
import { refuse } from '#platform/refusals'
import { enterAddresses } from './address.ts'
import { refused } from './errors.ts'
import { sealedFingerprint, type SealedFingerprint } from './fingerprint.ts'
import { isKeptFromGuardian, nothingSaid } from './particulars.ts'
import { noteReading } from './reading.ts'
import { veilToken, veilWord } from './receipt.ts'
import type { AddressesReceived, CaseState, ReportForm, ReportRead } from './schema.ts'
import * as store from './store.ts'

/** A filing made ready outside the transaction: veils and seals need the keys, which no verb has in reach. */
export interface Filing {
  readonly report: ReportId
  readonly form: Omit<ReportForm, 'fingerprints'>
  /** The form's, sealed. */
  readonly fingerprints: readonly SealedFingerprint[]
  readonly receiptVeil: string
  readonly wordVeil: string | null
  readonly keyVeil: string
  readonly formVeil: string
}

/** Makes a filing ready. The receipt itself never comes here: its token is stored as an HMAC. */
export function prepareFiling(
  keys: Pick<Keys, 'veil' | 'keyFor'>,
  at: Date,
  form: ReportForm,
  filingKey: string,
): Filing {
  const report = newId<'ReportId'>(at)
  const { fingerprints, ...answers } = form
  return {
    report,
    form: answers,
    fingerprints: fingerprints.map(made => sealedFingerprint(keys, newId<'FingerprintId'>(at), report, made)),
    receiptVeil: veilToken(keys, form.mailbox.token),
    wordVeil: form.mailbox.wordToken === null ? null : veilWord(keys, report, form.mailbox.wordToken),
    keyVeil: keys.veil('key of a filing', filingKey),
    // Its fields stand in the order of the schema, so equal forms are equal texts.
    formVeil: keys.veil('form of a filing', JSON.stringify(form)),
  }
}

/**
 * Enters a report, in the name of its reporter (who: `{ kind: 'reporter', report: filing.report }`). The same
 * form under the same key is the same report: a double click, or an answer lost on the way.
 * @returns the report, which is an earlier one where this was filed before
 * @throws intake.keyReused another form came under this key
 */
export async function fileReport(tx: Tx, filing: Filing): Promise<ReportId> {
  const { report, form } = filing
  if (!(await store.addReport(tx, rowOf(tx, filing)))) return filedBefore(tx, filing)
  const entered = await enterAddresses(tx, report, form.addresses, 'filed')
  await store.addFingerprints(
    tx,
    filing.fingerprints.map(each => ({ ...each, report_id: report, made: null })),
  )
  await record(
    tx,
    'report.filed',
    { report },
    { addresses: entered.addresses.length, fingerprints: filing.fingerprints.length },
  )
  await emit(tx, 'report.filed', { report })
  return report
}

async function filedBefore(tx: Tx, filing: Filing): Promise<ReportId> {
  const before = await store.filingOfKey(tx, filing.keyVeil)
  if (before === undefined)
    throw new Error('A receipt was drawn twice. The portal asks again under a new key.')
  if (before.form_veil !== filing.formVeil) refuse(refused.keyReused())
  return before.report_id
}

function rowOf(tx: Tx, { report, form, receiptVeil, wordVeil, keyVeil, formVeil }: Filing) {
  return {
    id: report,
    filed_at: tx.now,
    receipt_veil: receiptVeil,
    key_veil: keyVeil,
    form_veil: formVeil,
    language: form.language,
    concern: form.concern,
    relation: form.relation,
    age_under_18: form.ageUnder18,
    particulars: form.particulars ?? {},
    consents: form.consents ?? nothingSaid,
    region: form.region ?? null,
    story: '',
    story_letter: form.story,
    word_veil: wordVeil,
    answers_recipient: form.mailbox.answers,
    own_recipient: form.mailbox.own,
    team_recipient: form.mailbox.team,
    team_sealed: form.mailbox.teamSealed,
    wants_woman: form.wantsWoman,
    contact_way: form.contact.way,
    contact_value: form.contact.value ?? null,
    contact_note: form.contact.note ?? null,
  }
}

/** What was taken of the filed addresses: the same however often it is asked. */
export async function received(tx: ReadTx, report: ReportId): Promise<AddressesReceived> {
  const addresses = await store.addressesOf(tx, report)
  const unreadable = await store.unreadableOf(tx, report)
  return {
    addresses: addresses
      .filter(row => row.place !== null)
      .toSorted((one, other) => one.place! - other.place!)
      .map(row => ({ address: row.id, canonical: row.canonical })),
    refusedAddresses: unreadable.flatMap(row =>
      row.place === null ? [] : [{ index: row.place, code: row.code }],
    ),
  }
}

/** What the later rooms work with: neither story nor contact value nor fingerprint. @throws intake.noReport */
export async function reportContent(tx: ReadTx, report: ReportId) {
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  const addresses = await store.addressesOf(tx, report)
  return {
    report,
    case: row.case_id,
    filedAt: row.filed_at,
    language: row.language,
    concern: row.concern,
    relation: row.relation,
    ageUnder18: row.age_under_18,
    particulars: row.particulars,
    isKeptFromGuardian: isKeptFromGuardian(row),
    consents: row.consents,
    region: row.region,
    wantsWoman: row.wants_woman,
    contactWay: row.contact_way,
    addresses: addresses.map(({ id, canonical, host, source }) => ({ address: id, canonical, host, source })),
  }
}
/** How the reporter is safely reached: for a body that they allow to. @throws intake.noReport */
export async function contactOf(tx: ReadTx, report: ReportId) {
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  return { way: row.contact_way, value: row.contact_value, note: row.contact_note }
}
export type ReportContent = Awaited<ReturnType<typeof reportContent>>

/** Ties the report to its case: from here on, who sees the case sees the report. */
export async function bindCase(tx: Tx, report: ReportId, caseId: CaseId): Promise<void> {
  await store.bind(tx, report, caseId)
}

/** What the reporter is told of the case: its state, and whether the officer is a woman; never who it is. */
export async function tellCaseState(
  tx: Tx,
  report: ReportId,
  told: { state: CaseState; officerIsWoman: boolean | null },
): Promise<void> {
  await store.setCaseState(tx, report, { case_state: told.state, officer_is_woman: told.officerIsWoman })
}

/**
 * The whole report, as staff of its case read it. The reading is in the log, once an hour for each account.
 * @throws intake.noReport there is none, or it is another agency's
 */
export async function readReport(tx: Tx, report: ReportId): Promise<ReportRead> {
  const row = (await store.report(tx, report)) ?? refuse(refused.noReport({ report }))
  await noteReading(tx, report, row.case_id)
  const kinds = await store.fingerprintKinds(tx, report)
  const unread = await store.unreadBy(tx, [report], 'reporter')
  const unreadable = await store.unreadableOf(tx, report)
  const addresses = await store.addressesOf(tx, report)
  return {
    report,
    case: row.case_id,
    filedAt: row.filed_at.toISOString(),
    language: row.language,
    concern: row.concern,
    relation: row.relation,
    ageUnder18: row.age_under_18,
    particulars: row.particulars,
    isKeptFromGuardian: isKeptFromGuardian(row),
    region: row.region,
    story: row.story,
    storyLetter: row.story_letter,
    hasMailbox: row.team_recipient !== null,
    wantsWoman: row.wants_woman,
    contact: { way: row.contact_way, value: row.contact_value, note: row.contact_note },
    addresses: addresses.map(({ id, canonical, source }) => ({ address: id, canonical, source })),
    unreadable: unreadable.map(({ text, code }) => ({ text, code })),
    pictures: kinds.filter(kind => kind === 'picture').length,
    videos: kinds.filter(kind => kind === 'video').length,
    unread: unread.get(report) ?? 0,
  }
}
