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

/** A desk that is left is locked after this. */
export const idleMaxMs = 30 * minuteMs
// Not every request writes: seen to the minute is exact enough for half an hour.
const touchAfterMs = minuteMs

/** A member of staff as the gate knows them; every room sees the `Staff` in it. */
export type Seated = Staff & {
  readonly session: SessionId
  /** True until this very session has been opened, or completed, with a second factor. */
  readonly lacksSecondFactor: boolean
  /** True where the account has a passkey or an authenticator app, whatever this session was opened with. */
  readonly hasFactor: boolean
}

export const isSeated = (who: Who): who is Seated => who.kind === 'staff' && 'session' in who

/** Who has sent this request, by its session cookie; undefined where the session is over, idle or switched off. */
export async function seatedBy(
  database: Database,
  world: World,
  request: FastifyRequest,
): Promise<Seated | undefined> {
  const { cookie } = request.headers
  return cookie?.includes('jikimi.session_token=') ? seatedByCookie(database, world, cookie) : undefined
}

export async function seatedByCookie(
  database: Database,
  world: World,
  cookie: string,
): Promise<Seated | undefined> {
  const found = await signInOver(database, world).api.getSession({ headers: new Headers({ cookie }) })
  if (found === null) return undefined
  const now = systemClock.now()
  const quietMs = now.getTime() - found.session.updatedAt.getTime()
  if (quietMs > idleMaxMs) return undefined
  const session = found.session.id as SessionId
  const account = found.user.id as Staff['account']
  const [member] = await database.look(system('access'), tx =>
    store.accounts(tx, { limit: 1, only: account }),
  )
  if (member?.is_active !== true) return undefined
  if (quietMs > touchAfterMs) await database.act(system('access'), tx => store.touchSession(tx, session, now))
  const hasFactor = member.has_totp || member.has_passkey
  return {
    kind: 'staff',
    account,
    role: member.role,
    officer: member.officer,
    agency: member.agency,
    session,
    hasFactor,
    lacksSecondFactor: !hasFactor || !found.session.secondFactor,
  }
}
