/**
 * The law that the takedown desk works by, as versioned data: statutes, clocks, the ladder, and the forms of
 * valid notices. Pure: no clock, no network. A change of law is a row here, with a test.
 *
 * @module
 */
export { statutes, statuteOf, offenceFor } from './statutes.ts'
export type { Statute, StatuteId, ItemType } from './statutes.ts'
export { regimes, regimeNames, regimeFor } from './regimes.ts'
export type { Regime, RegimeName } from './regimes.ts'
export { clocks, clockFor, deadlineFor } from './clocks.ts'
export type { LegalClock } from './clocks.ts'
export { ladder, lastRung, remindersOn } from './ladder.ts'
export type { Rung } from './ladder.ts'
export { composeNotice } from './compose.ts'
export { faultsOf, InvalidNotice, noticeLanguages } from './notice.ts'
export type { ComposedNotice, NoticeFault, NoticeFields, NoticeLanguage } from './notice.ts'
