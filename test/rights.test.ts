import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrol, tokenIn } from '../demo/src/people.ts'
import { personAt, Refused, type Person } from '../demo/src/person.ts'
import { openings, rights, type Right } from '../server/src/access/rights.ts'
import { rolesOfAgency } from '../server/src/access/schema.ts'
import { newId } from '../server/src/platform/ids.ts'
import { roles, type Role, type Who } from '../server/src/platform/who.ts'
import { startForTest } from './product.ts'

/**
 * `nobody` has not signed in; `begun` has, by password, and has no second factor yet; `locked` is a team leader who
 * has left the desk, `stale` one who signed in hours ago.
 */
type Caller = Role | 'nobody' | 'begun' | 'locked' | 'stale'
const callers: readonly Caller[] = ['nobody', 'begun', 'locked', 'stale', ...roles]

let product: Awaited<ReturnType<typeof startForTest>>
const people = new Map<Caller, Person>()

beforeAll(async () => {
  product = await startForTest()
  const url = () => product.url
  const about = (title: string) => ({ title, name: '시험', email: `${title}@jikimi.example` })
  const first = await enrol(url, tokenIn(product.firstLink!), about('administrator'))
  const invited = async (role: Role) => {
    const isOfAgency = rolesOfAgency.some(each => each === role)
    const form = { role, name: '시험', ...(isOfAgency ? { agency: 'seoul' } : {}) }
    return tokenIn((await first.person.post<{ link: string }>('/invitations', form)).link)
  }
  people.set('nobody', personAt(url)).set('administrator', first.person)
  for (const role of roles.filter(each => each !== 'administrator'))
    people.set(role, (await enrol(url, await invited(role), about(role))).person)
  const begun = personAt(url)
  const opened = { email: 'begun@jikimi.example', password: 'correct-horse-battery' }
  await begun.post('/enrolments', { token: await invited('leader'), name: '시험', ...opened })
  await begun.post('/auth/sign-in/email', opened)
  people.set('begun', begun)
  for (const caller of ['locked', 'stale'] as const)
    people.set(caller, (await enrol(url, await invited('leader'), about(caller))).person)
  await people.get('locked')!.post('/session/locks')
  await product.database.pool.query(`update access.session set "createdAt" = now() - interval '3 hours'
    where "userId" = (select id from access."user" where email = 'stale@jikimi.example')`)
}, 180_000)
afterAll(() => product[Symbol.asyncDispose]())

interface Route {
  readonly method: string
  readonly path: string
  readonly right: string
  readonly isFresh: boolean
}

const unknownId = '01890000-0000-7000-8000-000000000000'

function routesOfApi(): readonly Route[] {
  return [...product.rights].flatMap(([name, right]) => {
    const [method = '', path = ''] = name.split(' ')
    if (!path.startsWith('/api/') || method === 'HEAD' || method === 'OPTIONS') return []
    return [{ method, path: path.slice(4), right, isFresh: product.freshRoutes.has(name) }]
  })
}

/** Every code by which the gate turns somebody away. All else is a room's answer to somebody who was let in. */
const gateCodes = [
  'access.notSignedIn',
  'access.sessionLocked',
  'access.secondFactorMissing',
  'access.authenticationStale',
  'access.notAllowed',
  'access.receiptNeeded',
  'access.tokenUnknown',
]

/** What the table says that the gate answers; undefined where it lets the caller pass. */
function expected(caller: Caller, { right, isFresh }: Route): string | undefined {
  if (right === 'public') return undefined
  if (right === 'reporter') return 'access.receiptNeeded'
  if (right === 'subscriber') return 'access.tokenUnknown'
  if (caller === 'nobody') return 'access.notSignedIn'
  if (caller === 'locked') return 'access.sessionLocked'
  if (right === 'session.begun' && caller === 'begun') return undefined
  if (caller === 'begun') return 'access.secondFactorMissing'
  const isStale = caller === 'stale' && isFresh
  if (right === 'session' || right === 'session.begun')
    return isStale ? 'access.authenticationStale' : undefined
  const role = caller === 'stale' ? 'leader' : caller
  if (!(rights[right as Right].roles as readonly Role[]).includes(role)) return 'access.notAllowed'
  return isStale ? 'access.authenticationStale' : undefined
}

/** Calls the route with an empty form, as nobody's ids: what passes the gate is then refused by the room, cheaply. */
async function gateAnswers(caller: Caller, route: Route): Promise<string | undefined> {
  const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {}
  // An address each: the limit on calls is counted by address.
  const headers = { 'x-forwarded-for': `198.51.100.${callers.indexOf(caller) + 1}` }
  return people
    .get(caller)!
    .once(route.method, route.path.replaceAll(/:\w+/g, unknownId), body, headers)
    .then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error
        expect(error.status, `${caller} ${route.method} ${route.path}`).not.toBe(429)
        return gateCodes.includes(error.code) ? error.code : undefined
      },
    )
}

// These would end, or need, the very session by which the test calls: each is tested in its room.
const endsSession = new Set(['/auth/sign-out', '/session/locks'])

test('every route names a right of the table, and every right of the table opens a route', () => {
  const named = new Set(routesOfApi().map(route => route.right))
  for (const right of named) expect([...Object.keys(rights), ...openings]).toContain(right)
  expect(Object.keys(rights).filter(right => !named.has(right))).toEqual([])
})

test('the document of the API and the table of routes speak of the same routes', () => {
  const { paths } = product.app.swagger() as { paths: Record<string, object> }
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  const served = routesOfApi().map(
    ({ method, path }) => `${method} /api${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  )
  expect(served.filter(each => !documented.includes(each))).toEqual([])
  expect(documented.filter(each => each.includes(' /api/') && !served.includes(each))).toEqual([])
})

test('what is grave asks for a fresh authentication', () => {
  expect([...product.freshRoutes].filter(name => !name.startsWith('HEAD')).toSorted()).toEqual([
    'DELETE /api/own-identities/:provider',
    'DELETE /api/own-sessions/:session',
    'GET /api/auth/passkey/generate-register-options',
    'GET /api/exhibits/:exhibit/sealed',
    'GET /api/log/export',
    'GET /api/log/selection',
    'POST /api/account-resets/:reset/approvals',
    'POST /api/accounts/:account/resets',
    'POST /api/auth/change-password',
    'POST /api/auth/passkey/delete-passkey',
    'POST /api/auth/two-factor/disable',
    'POST /api/auth/two-factor/enable',
    'POST /api/auth/two-factor/generate-backup-codes',
    'POST /api/block-orders/:order/approvals',
    'POST /api/exhibits/:exhibit/viewings',
    'POST /api/identity-providers/:provider/links',
    'POST /api/publication-holds/:hold/releases',
    'POST /api/reports/:report/receipts',
  ])
})

test('asking for the head of an answer needs the same right as the answer', () => {
  for (const [name, right] of product.rights)
    if (name.startsWith('HEAD ')) expect(right, name).toBe(product.rights.get(name.replace('HEAD', 'GET')))
})

test.each(callers)('%s is let in where the table says so, and nowhere else, on every route', async caller => {
  const wrong: string[] = []
  for (const route of routesOfApi().filter(each => !endsSession.has(each.path))) {
    const [is, should] = [await gateAnswers(caller, route), expected(caller, route)]
    if (is !== should)
      wrong.push(`${route.method} ${route.path}: ${is ?? 'let in'}, not ${should ?? 'let in'}`)
  }
  expect(wrong).toEqual([])
})

test('what does not exist, or is another agency’s, is answered in the same way', async () => {
  for (const route of routesOfApi().filter(each => each.method === 'GET' && each.path.includes(':'))) {
    if (
      !(route.right in rights) ||
      !(rights[route.right as Right].roles as readonly Role[]).includes('officer')
    )
      continue
    const path = route.path.replaceAll(/:\w+/g, unknownId)
    const status = await people
      .get('officer')!
      .once('GET', path)
      .then(
        () => 200,
        (error: unknown) => (error instanceof Refused ? error.status : 0),
      )
    expect([404, 200], route.path).toContain(status)
  }
})

test('a partner’s agent has one right, to answer for their own body, and no table of the unit shows them a row but the list of agencies', async () => {
  const named = Object.entries(rights).filter(([, { roles }]) =>
    (roles as readonly Role[]).includes('partnerAgent'),
  )
  expect(named.map(([name]) => name)).toEqual(['support.answer'])
  const { rows: tables } = await product.database.pool.query<{ name: string }>(`
    select distinct p.table_schema || '.' || p.table_name as name from information_schema.column_privileges p
    join information_schema.tables t using (table_schema, table_name)
    where p.grantee = 'jikimi_app' and p.privilege_type = 'SELECT' and t.table_type = 'BASE TABLE'
      and p.table_schema not in ('platform', 'pgboss', 'public')`)
  const stranger = (role: Role): Who => ({
    kind: 'staff',
    account: newId<'AccountId'>(new Date(0)),
    role,
    officer: null,
    agency: null,
  })
  const seen = (role: Role) =>
    product.database.look(stranger(role), async tx => {
      const shown: string[] = []
      for (const { name } of tables) {
        const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx.db as never)
        if (rows.length > 0) shown.push(name)
      }
      return shown
    })
  expect(tables.length).toBeGreaterThan(20)
  expect(await seen('commander'), 'there is something to see').toContain('access.member')
  // Which agencies there are stands in any telephone book, and victims choose among them.
  expect(await seen('partnerAgent')).toEqual(['staffing.agency'])
})
