/**
 * What the console asks of the blocking room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

export const orderStates = [
  'proposed',
  'requested',
  'approved',
  'published',
  'refused',
  'lifted',
  'expired',
] as const
export type OrderState = (typeof orderStates)[number]
export const scopes = ['address', 'host'] as const
export type Scope = (typeof scopes)[number]
export const bases = ['krSvpa23x2', 'krCpa38x2', 'krNa44x7'] as const
export type Basis = (typeof bases)[number]
export const refusalReasons = [
  'notNecessary',
  'tooBroad',
  'wrongBasis',
  'askOperatorAgain',
  'notOurs',
] as const
export type RefusalReason = (typeof refusalReasons)[number]
export const liftReasons = ['tooBroad', 'wrongMatch', 'noOffence', 'victimsWish', 'appeal'] as const
export type LiftReason = (typeof liftReasons)[number]
export type Guard = 'critical' | 'publicSuffix' | 'sharedHost' | 'ipAddress' | 'notADnsName'

export type BlockOrder = Schemas['BlockOrder']
export type Publication = Schemas['Publication']
export type Publications = Schemas['Publications']

export const orders = (state: OrderState | undefined, after?: string, limit = 50) =>
  server.get<Rows<BlockOrder>>('/block-orders', { query: { state, after, limit } })
export const ordersOfCase = (id: string, after?: string) =>
  server.get<Rows<BlockOrder>>(`/cases/${id}/block-orders`, { query: { after, limit: 50 } })
export const request = (order: string, basis: Basis, scope: Scope) =>
  server.post<unknown>(`/block-orders/${order}/requests`, { basis, scope })
export const approve = (order: string) => server.post<unknown>(`/block-orders/${order}/approvals`)
export const refuse = (order: string, reason: RefusalReason) =>
  server.post<unknown>(`/block-orders/${order}/refusals`, { reason })
export const lift = (order: string, reason: LiftReason) =>
  server.post<unknown>(`/block-orders/${order}/liftings`, { reason })
export const publications = () => server.get<Publications>('/publications', { query: { limit: 20 } })
export const releaseHold = (hold: string) => server.post<unknown>(`/publication-holds/${hold}/releases`)
