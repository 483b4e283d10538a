import { z } from 'zod'
import type { StatuteId } from '@jikimi/law'
import { ids } from '#platform/ids'
import { stateNames } from './states.ts'

const at = z.iso.datetime()

/** `host`: the whole name, by DNS. `address`: this one page, by the hashed list. */
export const scopes = ['host', 'address'] as const
export type Scope = (typeof scopes)[number]

/** Statutes on which the police ask for a block. */
export const bases = ['krSvpa23x2', 'krCpa38x2', 'krNa44x7'] as const satisfies readonly StatuteId[]
export type Basis = (typeof bases)[number]

/**
 * What forbids blocking a host by its name. `critical` forbids any block: people depend on the site.
 * `publicSuffix` others register under it · `sharedHost` it carries what many people put there · `ipAddress`
 * it has no name · `notADnsName` a resolver would not take it.
 */
export const guardCodes = ['critical', 'publicSuffix', 'sharedHost', 'ipAddress', 'notADnsName'] as const
export type GuardCode = (typeof guardCodes)[number]

/** Who approves: another person of the team, or the head office where the team is one person. */
export const approvers = ['agency', 'head'] as const
export type Approver = (typeof approvers)[number]

export const refusalReasons = [
  'notNecessary',
  'tooBroad',
  'wrongBasis',
  'askOperatorAgain',
  'notOurs',
] as const
/** The first is the procedure's own to give; the others are a person's. */
export const liftReasons = [
  'settled',
  'tooBroad',
  'wrongMatch',
  'noOffence',
  'victimsWish',
  'appeal',
] as const
export type LiftReason = (typeof liftReasons)[number]

export const BlockOrder = z
  .object({
    order: ids.BlockOrderId,
    case: ids.CaseId,
    target: ids.TargetId,
    address: ids.AddressId,
    canonical: z.string(),
    host: z.string(),
    name: z
      .string()
      .nullable()
      .describe('What a block of the host would cover, with all below it; null where none may.'),
    scope: z.enum(scopes),
    state: z.enum(stateNames),
    basis: z.enum(bases).nullable(),
    approver: z
      .enum(approvers)
      .describe('`agency`: another person of the team. `head`: the commander, where the team is one person.'),
    requestedBy: ids.AccountId.nullable(),
    approvedBy: ids.AccountId.nullable(),
    proposedAt: at,
    requestedAt: at.nullable(),
    approvedAt: at.nullable(),
    publishedAt: at.nullable(),
    expiresAt: at.nullable(),
    endedAt: at.nullable(),
    endReason: z.string().nullable(),
    guards: z.array(z.enum(guardCodes)).describe('What forbids the scope `host`; `critical` forbids any.'),
  })
  .meta({ id: 'BlockOrder' })
export type BlockOrder = z.infer<typeof BlockOrder>

export const BlockOrders = z
  .object({ rows: z.array(BlockOrder), next: ids.BlockOrderId.nullable() })
  .meta({ id: 'BlockOrders' })
export type BlockOrders = z.infer<typeof BlockOrders>

export const OrderPage = z.object({
  state: z.enum(stateNames).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.BlockOrderId.optional(),
})
export const OrderParams = z.object({ order: ids.BlockOrderId })
export const CaseParams = z.object({ case: ids.CaseId })

export const BlockRequest = z
  .strictObject({ basis: z.enum(bases), scope: z.enum(scopes) })
  .meta({ id: 'BlockRequest' })
export type BlockRequest = z.infer<typeof BlockRequest>
export const BlockRefusal = z.strictObject({ reason: z.enum(refusalReasons) }).meta({ id: 'BlockRefusal' })
export const BlockLifting = z
  .strictObject({ reason: z.enum(liftReasons).exclude(['settled']) })
  .meta({ id: 'BlockLifting' })

export const Publication = z
  .object({
    publication: ids.PublicationId,
    serial: z.number().int().describe('Of the zone’s SOA; only ever grows.'),
    at,
    names: z.number().int().describe('Hosts blocked by DNS.'),
    addresses: z.number().int().describe('Expressions on the hashed list.'),
    added: z.number().int(),
    removed: z.number().int(),
  })
  .meta({ id: 'Publication' })
export type Publication = z.infer<typeof Publication>

export const Publications = z
  .object({
    rows: z.array(Publication),
    next: ids.PublicationId.nullable(),
    held: z
      .object({ hold: ids.PublicationId, at, added: z.number().int(), removed: z.number().int() })
      .nullable()
      .describe('A list that differs too much from the last one waits for a person.'),
  })
  .meta({ id: 'Publications' })

export const PublicationPage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.PublicationId.optional(),
})
export const HoldParams = z.object({ hold: ids.PublicationId })

export const HashQuestion = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^[0-9a-f]{8}$/)
      .describe('4 bytes of a SHA-256, in hexadecimal.'),
  })
  .meta({ id: 'HashQuestion' })
export const HashAnswer = z.object({ hashes: z.array(z.string()) }).meta({ id: 'HashAnswer' })
