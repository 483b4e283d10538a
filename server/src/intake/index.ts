/**
 * What victims and bystanders tell us, and what we tell them: reports, receipts, the conversation, the
 * progress of every address. The reporter has no account; the receipt is all there is.
 *
 * @module
 */
export { addFoundAddress, addressOf } from './address.ts'
export { unreadOfReports } from './conversation.ts'
export { keep, reportedFingerprints } from './fingerprint.ts'
export { addressesWithSteps, tellVictim, type AddressProgress } from './progress.ts'
export { isOfMinor, purposes, type Consents, type Particulars, type Purpose } from './particulars.ts'
export { ownReport } from './receipt.ts'
export {
  bindCase,
  contactOf,
  fileReport,
  prepareFiling,
  reportContent,
  tellCaseState,
  type Filing,
  type ReportContent,
} from './report.ts'
export {
  concerns,
  ReportForm,
  ReportedFingerprint,
  Step,
  type Concern,
  type ContactWay,
  type ReportedWindow,
} from './schema.ts'
