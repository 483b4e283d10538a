/**
 * Getting it taken down: whom to ask, in which words, by when, what they answer, and whether it is gone. A
 * removal is believed when it was seen twice, by content.
 *
 * @module
 */
export { resumeConsented, withdrawUnconsented } from './consent.ts'
export { due } from './due.ts'
export { notify } from './notice.ts'
export { addProvider } from './provider.ts'
export { receiveMail } from './reply.ts'
export type { Target, Verdict } from './schema.ts'
export type { StateName } from './states.ts'
export { listTargets, openTarget, readTarget, withdraw, withdrawReversed } from './target.ts'
