/**
 * For tests: the identity provider of an agency on loopback, by `oidc-provider`, a certified implementation; and the
 * way of a browser through it. Its form knows no password: who types a name is that person.
 *
 * @module
 */
import { createHmac, createPrivateKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { randomToken } from '#platform/ids'
import { keep } from './trial.ts'

export const publicUrl = 'http://localhost'
export const clientSecret = 'a secret between the two of us'

/** What the provider says of how it has authenticated the person. */
export interface Strength {
  readonly acr?: string
  readonly amr?: string[]
}

/** An ID token taken apart, and the key that signs it when it is put together again; without one it stays unsigned. */
export interface IdToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly key: JsonWebKey | undefined
}

export interface TrialProvider extends AsyncDisposable {
  readonly issuer: string
  /** The setting that names it, for `agency`, and for what counts as strong. */
  setting(rest?: object): object
  /** How strongly it authenticates from now on. */
  strength: Strength
  /** What becomes of the ID token on its way out; it goes as it is where this is undefined. */
  forge: ((token: IdToken) => IdToken) | undefined
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
  const key = rsaKey()
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...key, kid: 'of-the-provider', use: 'sig', alg: 'RS256' }] },
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
    forge: undefined,
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
      if (trial.forge !== undefined && request.url === '/token') forgeAnswer(response, key, trial.forge)
      void provider.callback()(request, response)
      return
    }
    const login = { accountId: decodeURIComponent(form[1]!), ...trial.strength }
    provider.interactionFinished(request, response, { login }).catch(() => response.destroy())
  })
  return trial
}

/** A key for RS256, which every provider signs with unless it is told otherwise. */
export const rsaKey = (): JsonWebKey =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })

/** The answer of the token endpoint leaves with another ID token in it. */
function forgeAnswer(
  response: ServerResponse,
  key: JsonWebKey,
  forge: NonNullable<TrialProvider['forge']>,
): void {
  const end = response.end.bind(response) as (body: string) => ServerResponse
  response.end = ((body: unknown) => {
    const answer = JSON.parse(String(body)) as { id_token: string }
    const [header = '', claims = ''] = answer.id_token.split('.')
    const forged = signed(forge({ header: read(header), claims: read(claims), key }))
    const sent = JSON.stringify({ ...answer, id_token: forged })
    response.setHeader('content-length', Buffer.byteLength(sent))
    return end(sent)
  }) as never
}

const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as IdToken['claims']

function signed({ header, claims, key }: IdToken): string {
  const parts = [header, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  if (key === undefined) return `${parts}.`
  const signature =
    key.kty === 'oct'
      ? createHmac('sha256', Buffer.from(key.k ?? '', 'base64url'))
          .update(parts)
          .digest()
      : sign('sha256', Buffer.from(parts), createPrivateKey({ key, format: 'jwk' }))
  return `${parts}.${signature.toString('base64url')}`
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
