/**
 * What the person of a case has consented to, purpose by purpose: asked in the report, switched with the receipt, or
 * told to somebody of the team. Later rooms ask before they act, and hear when it is withdrawn.
 *
 * Of a person under 18 removal and investigation do not hang on consent: what shows a child is removed without being
 * asked (Sexual Violence Prevention Act 7-3 (3); Child Protection Act 38-2) and is looked into by office.
 *
 * @module
 */
import { record } from '#audit'
import {
  isOfMinor,
  ownReport,
  purposes,
  reportContent,
  type Consents,
  type Purpose,
  type ReportContent,
} from '#intake'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type ConsentId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import {
  reliedOn,
  type CaseConsents,
  type ConsentRow,
  type How,
  type OwnConsents,
  type Place,
  type SaidBy,
  type TakenConsent,
} from './consent-schema.ts'
import * as consentStore from './consent-store.ts'
import { refused } from './errors.ts'
import { seenFile } from './file.ts'
import * as store from './store.ts'

/** Enters what a report says. Whoever reports for themselves wants it removed, where they have not said otherwise. */
export async function enterConsents(tx: Tx, id: CaseId, content: ReportContent): Promise<void> {
  if (isBystander(content)) return
  const said: Consents = { ...content.consents, removal: content.consents.removal ?? true }
  const rows = purposes.flatMap(purpose => {
    const isGiven = said[purpose]
    return isGiven === null ? [] : [rowOf(tx, id, purpose, isGiven, 'report', null)]
  })
  await consentStore.addConsents(tx, rows)
}

/** Whoever saw it by chance cannot consent for the person whom it shows. */
const isBystander = (content: ReportContent) => content.relation === 'other'

/** Whether the law wants it done whatever was consented to. */
function isByLaw(purpose: Purpose, content: Pick<ReportContent, 'ageUnder18' | 'concern'>): boolean {
  return (purpose === 'removal' || purpose === 'investigation') && isOfMinor(content)
}

/**
 * Whether a later room may act for a purpose: null where nothing was said. What the law demands is always allowed,
 * and what nobody could be asked about too: a bystander's report.
 */
export async function consentTo(tx: ReadTx, id: CaseId, purpose: Purpose): Promise<boolean | null> {
  const file = await store.file(tx, id)
  if (file === undefined) return refuse(refused.noCase({ case: id }))
  if ((purpose === 'removal' || purpose === 'investigation') && file.is_minor) return true
  return latest(await consentStore.consentsOf(tx, id), purpose)?.is_given ?? null
}

/**
 * The holder of the receipt gives a consent, or withdraws it: from then on nothing new is done for it, and what was
 * begun is stopped. Saying the same again does nothing.
 * @throws cases.consentCovered the second word is missing
 * @throws cases.consentNotYours, cases.consentByLaw, cases.caseNotYet
 */
export async function switchConsent(tx: Tx, purpose: Purpose, isGiven: boolean): Promise<void> {
  const content = await reportContent(tx, ownReport(tx))
  if (tx.who.kind === 'reporter' && tx.who.isCovered === true) refuse(refused.consentCovered())
  if (isBystander(content)) refuse(refused.consentNotYours())
  const id = content.case ?? refuse(refused.caseNotYet())
  await change(tx, id, content, { purpose, isGiven, saidBy: 'reporter', how: null })
}

/**
 * Somebody of the team writes down what the person has said to them.
 * @throws cases.noCase, cases.caseLocked, cases.consentNotYours, cases.consentByLaw
 */
export async function takeConsent(tx: Tx, id: CaseId, taken: TakenConsent): Promise<void> {
  const file = await seenFile(tx, id)
  const content = await reportContent(tx, file.report_id)
  if (isBystander(content)) refuse(refused.consentNotYours())
  await change(tx, id, content, { ...taken, saidBy: 'staff' })
}

interface Change {
  readonly purpose: Purpose
  readonly isGiven: boolean
  readonly saidBy: SaidBy
  readonly how: How | null
}

async function change(tx: Tx, id: CaseId, content: ReportContent, said: Change): Promise<void> {
  const { purpose, isGiven, saidBy, how } = said
  await store.takeTurn(tx, content.report)
  if (!isGiven && isByLaw(purpose, content)) refuse(refused.consentByLaw())
  if (latest(await consentStore.consentsOf(tx, id), purpose)?.is_given === isGiven) return
  const row = rowOf(tx, id, purpose, isGiven, saidBy, how)
  await consentStore.addConsents(tx, [row])
  await record(
    tx,
    isGiven ? 'consent.given' : 'consent.withdrawn',
    { case: id, consent: row.id },
    { purpose, saidBy },
  )
  if (!isGiven) await consentStore.putReliance(tx, row.id, reliedOn[purpose])
  await emit(tx, isGiven ? 'consent.given' : 'consent.withdrawn', { case: id, consent: row.id, purpose })
}

function rowOf(
  tx: Tx,
  id: CaseId,
  purpose: Purpose,
  isGiven: boolean,
  saidBy: SaidBy,
  how: How | null,
): ConsentRow {
  const account = saidBy === 'staff' && tx.who.kind === 'staff' ? tx.who.account : null
  return {
    id: newId<'ConsentId'>(tx.now),
    case_id: id,
    purpose,
    is_given: isGiven,
    said_by: saidBy,
    account_id: account,
    how,
    at: tx.now,
  }
}

/** Says that a room has stopped what it did for a consent that was withdrawn. Saying it twice says it once. */
export async function stoppedFor(tx: Tx, id: ConsentId, place: Place): Promise<void> {
  await consentStore.stopReliance(tx, id, place)
}

/** What the holder of the receipt sees and may switch. */
export async function ownConsents(tx: ReadTx): Promise<OwnConsents> {
  const content = await reportContent(tx, ownReport(tx))
  return {
    rows: await statesOf(tx, content),
    maySwitch: !isBystander(content) && content.case !== null,
  }
}

/** What was consented to, as the team of the case sees it. @throws cases.noCase, cases.caseLocked */
export async function caseConsents(tx: ReadTx, id: CaseId): Promise<CaseConsents> {
  const file = await seenFile(tx, id)
  const content = await reportContent(tx, file.report_id)
  const lines = await consentStore.consentsOf(tx, id)
  const rows = (await statesOf(tx, content)).map(state => {
    const of = lines.filter(each => each.purpose === state.purpose)
    const last = of.at(-1)
    return {
      ...state,
      saidBy: last?.said_by ?? null,
      how: last?.how ?? null,
      history: of.map(each => ({
        isGiven: each.is_given,
        saidBy: each.said_by,
        how: each.how,
        at: each.at.toISOString(),
      })),
    }
  })
  return { rows, mayBeAsked: !isBystander(content) }
}

async function statesOf(tx: ReadTx, content: ReportContent): Promise<OwnConsents['rows']> {
  const lines = content.case === null ? [] : await consentStore.consentsOf(tx, content.case)
  const states: OwnConsents['rows'] = []
  for (const purpose of purposes) {
    const last = latest(lines, purpose)
    states.push({
      purpose,
      isGiven: last?.is_given ?? null,
      isByLaw: isByLaw(purpose, content),
      saidAt: last?.at.toISOString() ?? null,
      stopped: last?.is_given === false ? await stoppedState(tx, last) : 'nothing',
    })
  }
  return states
}

/** A withdrawal is done when every room has stopped and nothing is left to be taken back by hand. */
async function stoppedState(tx: ReadTx, row: ConsentRow): Promise<'underWay' | 'done'> {
  if (await consentStore.isRelied(tx, row.id)) return 'underWay'
  const isByHand = row.purpose === 'removal' && (await consentStore.byHand(tx, row.case_id)) > 0
  return isByHand ? 'underWay' : 'done'
}

function latest(lines: readonly ConsentRow[], purpose: Purpose): ConsentRow | undefined {
  return lines.findLast(each => each.purpose === purpose)
}
