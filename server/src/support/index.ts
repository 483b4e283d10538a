/**
 * Standing by a person: what was promised to them and by when, counselling under a key of its own, and referral to
 * those who help.
 *
 * @module
 */
export { due } from './due.ts'
