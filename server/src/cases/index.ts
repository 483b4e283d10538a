/**
 * The case file: what a report has become, at which agency, in whose hands, and what is still to be done. A
 * case without an open matter closes by itself. By `cases.sees` every later room binds its rows to the need
 * to know.
 *
 * @module
 */
export { callAnother, keepCalled } from './called.ts'
export { consentTo, stoppedFor } from './consent.ts'
export { caseNumbers, caseOfReport, caseRow, reportOfCase } from './file.ts'
export { carryOver } from './handover.ts'
export { settleGlass } from './glass.ts'
export { joinTeam, membersOf } from './member.ts'
export { putMatter, reopenMatter, settleMatter } from './matter.ts'
export { addAddressFromReport, openFromReport } from './opening.ts'
export { matterKinds, reasons, type MatterKind, type Reason } from './schema.ts'
