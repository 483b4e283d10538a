/**
 * For tests: the identity provider of an agency on loopback, by `oidc-provider`, a certified implementation; and the
 * way of a browser through it. Its form knows no password: who types a name is that person.
 *
 * @module
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { randomToken } from '#platform/ids'
import { keep } from './trial.ts'

export const publicUrl = 'http://localhost'
const clientSecret = 'a secret between the two of us'

/** What the provider says of how it has authenticated the person. */
export interface Strength {
  readonly acr?: string
  readonly amr?: string[]
}

export interface TrialProvider extends AsyncDisposable {
  readonly issuer: string
  /** The setting that names it, for `agency`, and for what counts as strong. */
  setting(rest?: object): object
  /** How strongly it authenticates from now on. */
  strength: Strength
  /**
   * Goes where `location` says, signs in there as `name`, and returns what comes back with the browser. `change` may
   * alter the address before it is asked.
   */
  visit(location: string, name: string, change?: (address: URL) => void): Promise<Record<string, string>>
  close(): Promise<void>
}

export async function openTrialProvider(): Promise<TrialProvider> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = (id: string) => ({
    client_id: id,
    client_secret: clientSecret,
    redirect_uris: [`${publicUrl}/console/identity-providers/seoul`],
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
  })
  const provider = new Provider(issuer, {
    clients: [client('jikimi'), client('another')],
    cookies: { keys: [randomToken()] },
    claims: { openid: ['sub'], acr: null, amr: null, auth_time: null },
    acrValues: ['urn:agency:two-factors'],
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { url: (_, interaction) => `/form/${interaction.uid}` },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 60, IdToken: 60 },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => Promise.resolve({ sub }) }),
    // What the person agrees to is the agency's affair, settled when this product was set up there.
    loadExistingGrant: async context => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client!.clientId,
        accountId: context.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  const trial: TrialProvider = {
    issuer,
    strength: {},
    setting: (rest = {}) => ({
      name: 'seoul',
      title: { ko: '서울청 계정', en: 'Seoul agency account' },
      issuer,
      clientId: 'jikimi',
      clientSecret,
      ...rest,
    }),
    visit: (location, name, change) => visit(location, name, change),
    close: () => closed(server),
    [Symbol.asyncDispose]: () => closed(server),
  }
  server.on('request', (request, response) => {
    const form = /^\/form\/[^/?]+\?as=(.*)$/.exec(request.url ?? '')
    if (form === null) {
      void provider.callback()(request, response)
      return
    }
    const login = { accountId: decodeURIComponent(form[1]!), ...trial.strength }
    provider.interactionFinished(request, response, { login }).catch(() => response.destroy())
  })
  return trial
}

/** A browser of its own: follows the provider's redirects until they lead away from it. */
async function visit(
  location: string,
  name: string,
  change: (address: URL) => void = () => {},
): Promise<Record<string, string>> {
  const jar = new Map<string, string>()
  let address = new URL(location)
  change(address)
  const { origin } = address
  // Far more than a sign-in has steps.
  for (let steps = 0; steps < 10; steps += 1) {
    if (address.pathname.startsWith('/form/')) address.searchParams.set('as', name)
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } })
    await answer.body?.cancel()
    for (const line of answer.headers.getSetCookie()) keep(jar, line)
    address = new URL(answer.headers.get('location') ?? '/no-way-on', address)
    if (address.origin !== origin) return Object.fromEntries(address.searchParams)
  }
  throw new Error('The provider leads nowhere.')
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
}
