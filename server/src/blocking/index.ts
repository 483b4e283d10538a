/**
 * Blocking what nobody removes: orders that two people decide, and the lists that operators fetch. A block is
 * beside a removal, never instead of it.
 *
 * @module
 */
export { lapse, lift, liftReversed, liftUnconsented, listOrders, propose, settleRefused } from './order.ts'
export { listPublications, publish } from './publish.ts'
export type { BlockOrder, Publication } from './schema.ts'
export type { StateName } from './states.ts'
