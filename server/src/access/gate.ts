import type { FastifyRequest } from 'fastify'
import type { Database } from '#platform/database'
import type { Gate } from '#platform/http'
import { refuse } from '#platform/refusals'
import { nobody, system, type Who } from '#platform/who'
import type { World } from '#platform/world'
import { refused } from './errors.ts'
import { reporterBy } from './reporter-session.ts'
import { mayDo } from './rights.ts'
import { isSeated, seatedBy } from './session.ts'
import * as store from './store.ts'

/**
 * The gate before every route but the public ones. What the route asks for says which ticket is read: the
 * same browser may hold a receipt and a staff session, and neither opens the other's doors.
 */
export function gate(database: Database, world: World): Gate {
  return {
    async identify(request) {
      const { right } = request.routeOptions.config
      if (right === 'reporter') return reporterBy(world, request) ?? nobody
      if (right === 'subscriber') return subscriberBy(database, world, request)
      return (await seatedBy(database, world, request)) ?? nobody
    },
    admit,
  }
}

/** @throws access.notSignedIn, access.sessionLocked, access.secondFactorMissing, access.authenticationStale, access.notAllowed, access.receiptNeeded, access.tokenUnknown */
function admit(who: Who, right: string, isFresh: boolean): void {
  if (right === 'public') return
  if (right === 'reporter') {
    if (who.kind !== 'reporter') refuse(refused.receiptNeeded())
    return
  }
  if (right === 'subscriber') {
    if (who.kind !== 'subscriber') refuse(refused.tokenUnknown())
    return
  }
  if (who.kind !== 'staff') refuse(refused.notSignedIn())
  if (isSeated(who) && who.isLocked) refuse(refused.sessionLocked())
  if (right === 'session.begun') return
  if (!isSeated(who) || who.lacksSecondFactor) refuse(refused.secondFactorMissing())
  if (right !== 'session' && !mayDo(who.role, right)) refuse(refused.notAllowed())
  if (isFresh && !who.isFresh) refuse(refused.authenticationStale())
}

async function subscriberBy(database: Database, world: World, request: FastifyRequest): Promise<Who> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) return nobody
  const veil = world.keys.veil('subscriber', token)
  const name = await database.look(system('access'), tx => store.subscriberByVeil(tx, veil))
  return name === undefined ? nobody : { kind: 'subscriber', name }
}
