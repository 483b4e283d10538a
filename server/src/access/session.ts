/**
 * Who sits behind a session cookie, and whether the session is complete.
 *
 * @module
 */
import type { FastifyRequest } from 'fastify'
import type { Database } from '#platform/database'
import type { SessionId } from '#platform/ids'
import { minuteMs, systemClock } from '#platform/time'
import { system, type Staff, type Who } from '#platform/who'
import type { World } from '#platform/world'
import { signInOver } from './sign-in.ts'
import * as store from './store.ts'

/** In a request that the console makes by itself, while nobody touches the desk: it keeps no session open. */
const unattendedHeader = 'x-jikimi-unattended'
// Not every request writes: seen to the minute is exact enough.
const touchAfterMs = minuteMs

/** A member of staff as the gate knows them; every room sees the `Staff` in it. */
export type Seated = Staff & {
  readonly session: SessionId
  /** True until this very session has been opened, or completed, with a second factor. */
  readonly lacksSecondFactor: boolean
  /** True where the account has a passkey or an authenticator app, whatever this session was opened with. */
  readonly hasFactor: boolean
  /** True where the desk was left: only a new sign-in goes on. */
  readonly isLocked: boolean
  /** True where the person has authenticated within the last minutes (JIKIMI_FRESH_FOR). */
  readonly isFresh: boolean
}

export const isSeated = (who: Who): who is Seated => who.kind === 'staff' && 'session' in who

/** Who has sent this request, by its session cookie; undefined where the session is over or switched off. */
export async function seatedBy(
  database: Database,
  world: World,
  request: FastifyRequest,
): Promise<Seated | undefined> {
  const { cookie } = request.headers
  if (!cookie?.includes('jikimi.session_token=')) return undefined
  const isAttended = request.headers[unattendedHeader] === undefined
  return seatedByCookie(database, world, { cookie, ip: request.ip, isAttended })
}

export async function seatedByCookie(
  database: Database,
  world: World,
  { cookie, ip, isAttended = true }: { cookie: string; ip: string; isAttended?: boolean },
): Promise<Seated | undefined> {
  const found = await signInOver(database, world).api.getSession({ headers: new Headers({ cookie }) })
  if (found === null) return undefined
  const now = systemClock.now()
  const quietMs = now.getTime() - found.session.updatedAt.getTime()
  const isLocked = found.session.lockedAt != null || quietMs > world.config.lockAfterMs
  const session = found.session.id as SessionId
  const account = found.user.id as Staff['account']
  const [member] = await database.look(system('access'), tx =>
    store.accounts(tx, { limit: 1, only: account }),
  )
  if (member?.is_active !== true) return undefined
  if (isAttended && !isLocked && quietMs > touchAfterMs)
    await database.act(system('access'), tx => store.touchSession(tx, session, now))
  const hasFactor = member.has_totp || member.has_passkey || member.has_strong_identity
  return {
    kind: 'staff',
    account,
    role: member.role,
    officer: member.officer,
    agency: member.agency,
    from: placeOf(world, ip),
    session,
    hasFactor,
    isLocked,
    isFresh: now.getTime() - found.session.createdAt.getTime() <= world.config.freshForMs,
    lacksSecondFactor: !hasFactor || !found.session.secondFactor,
  }
}

/** A place as the log may hold it. A network address is personal data; equal ones are found, none is read. */
export function placeOf(world: Pick<World, 'keys'>, ip: string): string {
  return world.keys.veil('origin', ip).slice(0, 16)
}
