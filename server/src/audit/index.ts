/**
 * The log of what was done, by whom, when and why, provable by an outsider: an append-only tree (RFC 6962)
 * with signed checkpoints (C2SP tlog-checkpoint). Its entries hold ids and codes, never personal data.
 *
 * @module
 */
export { readersOf, record, timeLine } from './record.ts'
export type { About, Detail } from './record.ts'
export { sequence } from './sequence.ts'
export { exportLog, head } from './export.ts'
export { kinds, type Kind } from './kinds.ts'
export { Entry, LogHead } from './schema.ts'
