/**
 * Numbers for the unit, from views that hold counts and spans only.
 *
 * @module
 */
export { numbers } from './numbers.ts'
export { Statistics } from './schema.ts'
