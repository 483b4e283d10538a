/**
 * The people of the demo who sign in: each is invited, enrols under the one-time link, and adds an
 * authenticator, by the same steps as anyone.
 *
 * @module
 */
import { personAt, type Person } from './person.ts'
import { totp } from './totp.ts'

export interface SignIn {
  readonly title: string
  readonly email: string
  readonly password: string
  readonly totpAddress: string
}

export interface Member extends SignIn {
  readonly person: Person
}

const password = 'correct-horse-battery'

/** Enrols somebody who holds a one-time token, with an authenticator, and leaves them signed in. */
export async function enrol(
  url: () => string,
  token: string,
  about: { readonly title: string; readonly name: string; readonly email: string },
): Promise<Member> {
  let totpAddress = ''
  const person = personAt(url, once => enter(once, { ...about, password, totpAddress }))
  await person.post('/enrolments', { token, name: about.name, email: about.email, password })
  await person.post('/auth/sign-in/email', { email: about.email, password })
  const begun = await person.post<{ totpURI: string }>('/auth/two-factor/enable', { password })
  totpAddress = begun.totpURI
  await person.post('/auth/two-factor/verify-totp', { code: totp(totpAddress, machineTimeMs()) })
  return { title: about.title, email: about.email, password, totpAddress, person }
}

/** Signs a member in again, as after a restart of their browser. */
export async function signIn(url: () => string, member: SignIn): Promise<Person> {
  const person = personAt(url, once => enter(once, member))
  await enter((method, path, body) => person.send(method, path, body), member)
  return person
}

async function enter(send: Person['once'], member: SignIn): Promise<void> {
  await send('POST', '/auth/sign-in/email', { email: member.email, password: member.password })
  await send('POST', '/auth/two-factor/verify-totp', { code: totp(member.totpAddress, machineTimeMs()) })
}

/** The one-time token in an enrolment link. */
export function tokenIn(link: string): string {
  return new URL(link).hash.slice(1)
}

/** Authenticators live on the machine's time, also where the product's time runs fast. */
function machineTimeMs(): number {
  return performance.timeOrigin + performance.now()
}
