/**
 * What is said to an identity provider and read from it: OpenID Connect by code, with PKCE, state and nonce, through
 * openid-client, a certified relying party. The issuer is that of the setting; its keys verify the ID token, though it
 * comes over TLS. It is not asked through `outbound`, which keeps strangers' pages from our network: the operator
 * names it, and it stands in that very network as a rule.
 *
 * @module
 */
import * as oidc from 'openid-client'
import type { IdentityProvider } from '#platform/config'
import { refuse } from '#platform/refusals'
import { hourMs, secondMs, systemClock } from '#platform/time'
import type { World } from '#platform/world'
import { refused } from './errors.ts'

/** How long a provider may take to answer one request. Somebody sits before the screen. */
const answerS = 5
/** What a provider says about itself is asked anew after this; its keys are, whenever an unknown one signs. */
const describedMs = hourMs
// Clocks of two houses differ.
const clockToleranceMs = 30 * secondMs

/** What the provider vouches for. */
export interface Vouched {
  /** The issuer and its name for the person, as they are told apart. */
  readonly identity: string
  readonly isStrong: boolean
}

/** Where the browser goes, and what must come back: all of it made from the one secret that the browser keeps. */
interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** @throws access.noIdentityProvider */
export function providerBy(world: Pick<World, 'config'>, name: string): IdentityProvider {
  const found = world.config.identityProviders.find(each => each.name === name)
  return found ?? refuse(refused.noIdentityProvider())
}

/** Where the provider sends people back to: a page of the console, one for each provider (RFC 9700, 4.4). */
const returnAddress = (world: Pick<World, 'config'>, provider: IdentityProvider): string =>
  `${world.config.publicUrl}/console/identity-providers/${provider.name}`

/**
 * The provider's page on which the person authenticates, whether or not they have a session there: a desk is not
 * unlocked by the cookie of another program.
 * @throws access.identityProviderDown
 */
export async function signInAddress(
  world: Pick<World, 'config' | 'keys'>,
  provider: IdentityProvider,
  visitKey: string,
): Promise<string> {
  const { state, nonce, codeVerifier } = secretsOf(world, visitKey)
  const config = await described(provider)
  const address = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnAddress(world, provider),
    scope: 'openid',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    prompt: 'login',
    max_age: '0',
    ...(provider.acr.length === 0 ? {} : { acr_values: provider.acr.join(' ') }),
    // Some say by which methods only where they are asked (OpenID Connect Core 1.0, 5.5).
    ...(provider.amr.length > 0 && config.serverMetadata().claims_parameter_supported === true
      ? { claims: JSON.stringify({ id_token: { amr: null } }) }
      : {}),
  })
  return address.href
}

/**
 * Redeems what the provider has sent back with the browser.
 * @throws access.identityRefused it does not belong to this visit, is not signed by the issuer for us, or is old
 * @throws access.identityProviderDown
 */
export async function vouchedBy(
  world: Pick<World, 'config' | 'keys'>,
  provider: IdentityProvider,
  visit: { readonly key: string; readonly begunAt: Date },
  returned: Readonly<Record<string, string | undefined>>,
): Promise<Vouched> {
  const { state, nonce, codeVerifier } = secretsOf(world, visit.key)
  const config = await described(provider)
  const address = new URL(returnAddress(world, provider))
  for (const [name, value] of Object.entries(returned))
    if (value !== undefined) address.searchParams.set(name, value)
  const tokens = await oidc
    .authorizationCodeGrant(config, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    })
    .catch((error: unknown) =>
      refuse(isDown(error) ? refused.identityProviderDown() : refused.identityRefused()),
    )
  const claims = tokens.claims() ?? refuse(refused.identityRefused())
  // Seconds since 1970. The person has authenticated for this visit, not for an earlier one.
  const authenticatedMs = (claims.auth_time ?? 0) * secondMs
  if (authenticatedMs < visit.begunAt.getTime() - clockToleranceMs) refuse(refused.identityRefused())
  return {
    identity: JSON.stringify([claims.iss, claims.sub]),
    isStrong: isStrong(provider, claims),
  }
}

function isStrong(provider: IdentityProvider, claims: oidc.IDToken): boolean {
  const { acr, amr } = claims
  const methods = Array.isArray(amr) ? amr : []
  return (
    (typeof acr === 'string' && provider.acr.includes(acr)) ||
    provider.amr.some(each => methods.includes(each))
  )
}

const secretsOf = ({ keys }: Pick<World, 'keys'>, visitKey: string): Secrets => ({
  state: keys.veil('visitState', visitKey),
  nonce: keys.veil('visitNonce', visitKey),
  codeVerifier: keys.veil('visitCodeVerifier', visitKey),
})

const descriptions = new WeakMap<IdentityProvider, { config: oidc.Configuration; atMs: number }>()

/**
 * Asked when somebody wants to sign in, not at the start: a provider that is down must not keep the product down, and
 * is found again when it is up. @throws access.identityProviderDown
 */
async function described(provider: IdentityProvider): Promise<oidc.Configuration> {
  const nowMs = systemClock.now().getTime()
  const known = descriptions.get(provider)
  if (known !== undefined && nowMs - known.atMs < describedMs) return known.config
  const execute = [oidc.enableNonRepudiationChecks]
  if (provider.issuer.startsWith('http:')) execute.push(oidc.allowInsecureRequests)
  const config = await oidc
    .discovery(
      new URL(provider.issuer),
      provider.clientId,
      undefined,
      oidc.ClientSecretBasic(provider.clientSecret),
      { timeout: answerS, execute },
    )
    .catch(() => refuse(refused.identityProviderDown()))
  descriptions.set(provider, { config, atMs: nowMs })
  return config
}

const causesOfAbsence = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']

/** Whether the provider did not answer, or not as one: `fetch` throws a TypeError where nobody listens. */
function isDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return error instanceof TypeError || error.cause instanceof TypeError || causesOfAbsence.includes(code)
}
