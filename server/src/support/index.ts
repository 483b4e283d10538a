/**
 * Standing by a person: what was promised to them, and by when.
 *
 * @module
 */
export { due } from './due.ts'
