import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrol, tokenIn } from '../demo/src/people.ts'
import { personAt, Refused, type Person } from '../demo/src/person.ts'
import { openings, rights, type Right } from '../server/src/access/rights.ts'
import { roles, type Role } from '../server/src/platform/who.ts'
import { startForTest } from './product.ts'

let product: Awaited<ReturnType<typeof startForTest>>
const people = new Map<Role | 'nobody', Person>()

beforeAll(async () => {
  product = await startForTest()
  const url = () => product.url
  const about = (title: string) => ({ title, name: '시험', email: `${title}@jikimi.example` })
  const first = await enrol(url, tokenIn(product.firstLink!), about('administrator'))
  people.set('nobody', personAt(url)).set('administrator', first.person)
  for (const role of roles.filter(each => each !== 'administrator')) {
    const form = role === 'commander' ? { role, name: '시험' } : { role, name: '시험', agency: 'seoul' }
    const { link } = await first.person.post<{ link: string }>('/invitations', form)
    people.set(role, (await enrol(url, tokenIn(link), about(role))).person)
  }
})
afterAll(() => product[Symbol.asyncDispose]())

interface Route {
  readonly method: string
  readonly path: string
  readonly right: string
}

function routesOfApi(): readonly Route[] {
  return [...product.rights].flatMap(([name, right]) => {
    const [method = '', path = ''] = name.split(' ')
    // better-auth answers for itself; it is tested in its room.
    if (
      !path.startsWith('/api/') ||
      path.startsWith('/api/auth') ||
      method === 'HEAD' ||
      method === 'OPTIONS'
    )
      return []
    return [
      { method, path: path.slice(4).replaceAll(/:\w+/g, '01890000-0000-7000-8000-000000000000'), right },
    ]
  })
}

async function statusOf(who: Person, route: Route): Promise<number> {
  const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {}
  return who.once(route.method, route.path, body).then(
    () => 200,
    (error: unknown) => (error instanceof Refused ? error.status : 0),
  )
}

test('every route names a right of the table, and every right of the table opens a route', () => {
  const named = new Set(routesOfApi().map(route => route.right))
  for (const right of named) expect([...Object.keys(rights), ...openings]).toContain(right)
  expect(Object.keys(rights).filter(right => !named.has(right))).toEqual([])
})

test('nobody who has not signed in gets anything but what is public', async () => {
  for (const route of routesOfApi().filter(each => each.right !== 'public'))
    expect([401, 403], `${route.method} ${route.path}`).toContain(
      await statusOf(people.get('nobody')!, route),
    )
})

test.each(roles)('the role %s may do what the table says, and no more', async role => {
  for (const route of routesOfApi()) {
    if (!(route.right in rights)) continue
    const status = await statusOf(people.get(role)!, route)
    const may = (rights[route.right as Right].roles as readonly Role[]).includes(role)
    if (may) expect([401, 403], `${role} ${route.method} ${route.path}`).not.toContain(status)
    else expect(status, `${role} ${route.method} ${route.path}`).toBe(403)
  }
})

test('what does not exist, or is another agency’s, is answered in the same way', async () => {
  for (const route of routesOfApi().filter(each => each.method === 'GET' && each.path.includes('01890000'))) {
    if (
      !(route.right in rights) ||
      !(rights[route.right as Right].roles as readonly Role[]).includes('officer')
    )
      continue
    expect([404, 200], route.path).toContain(await statusOf(people.get('officer')!, route))
  }
})
