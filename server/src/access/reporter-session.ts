/**
 * The cookie of somebody who has shown a receipt: which report, and until when, signed. Nothing of it is
 * stored, and it leaves the browser when that is closed, so that a shared device keeps no trace.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ids, type ReportId } from '#platform/ids'
import { hourMs, systemClock } from '#platform/time'
import type { Reporter } from '#platform/who'
import type { World } from '#platform/world'

export const reporterCookie = 'jikimi_receipt'
const sessionMs = 2 * hourMs

/**
 * Lets the browser that gets this reply see `report` for two hours of the machine's time; covered, where the second
 * word is still missing.
 */
export function openReporterSession(
  reply: FastifyReply,
  world: World,
  report: ReportId,
  isCovered: boolean,
): void {
  const ticket = `${report}.${systemClock.now().getTime() + sessionMs}.${isCovered ? 'covered' : 'open'}`
  reply.setCookie(reporterCookie, `${ticket}.${signature(world, ticket)}`, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/api',
    secure: world.config.publicUrl?.startsWith('https:') ?? false,
  })
}

export function closeReporterSession(reply: FastifyReply): void {
  reply.clearCookie(reporterCookie, { httpOnly: true, sameSite: 'strict', path: '/api' })
}

/** The reporter whose cookie this is; undefined where there is none, or it is over, or it was not signed here. */
export function reporterBy(world: World, request: FastifyRequest): Reporter | undefined {
  const [report = '', until = '', cover = '', signed = ''] = (request.cookies[reporterCookie] ?? '').split(
    '.',
  )
  const expected = Buffer.from(signature(world, `${report}.${until}.${cover}`))
  const given = Buffer.from(signed)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  if (systemClock.now().getTime() > Number(until)) return undefined
  const id = ids.ReportId.safeParse(report)
  return id.success ? { kind: 'reporter', report: id.data, isCovered: cover !== 'open' } : undefined
}

function signature(world: World, ticket: string): string {
  return createHmac('sha256', world.keys.sessionSecret).update(`receipt\0${ticket}`).digest('base64url')
}
