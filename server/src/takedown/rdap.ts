/**
 * The abuse contact of a domain or a network, by RDAP (RFC 9082 for the question, RFC 9083 for the answer).
 *
 * @module
 */
import { isIP } from 'node:net'
import type { Outbound } from '#platform/outbound'

export interface AbuseContact {
  readonly address: string
  readonly name: string
  /** ISO 3166-1, where the answer says it: of a network always, of a domain's registrar sometimes. */
  readonly country: string | null
}

const bytesMax = 1024 * 1024
const entitiesMax = 200

/** Asks about a domain name or an IP address; undefined where the answer holds no abuse contact. */
export async function abuseContact(
  outbound: Outbound,
  rdapUrl: string,
  about: string,
): Promise<AbuseContact | undefined> {
  const kind = isIP(about) === 0 ? 'domain' : 'ip'
  const answer = await outbound.request(`${rdapUrl}/${kind}/${encodeURIComponent(about)}`, {
    headers: { accept: 'application/rdap+json, application/json' },
    bytesMax,
    timeoutMs: 10_000,
  })
  // 404: the registry knows nothing of it (RFC 7480, 5.3). Others may pass: the job asks again.
  if (answer.status === 404 || answer.status === 400) return undefined
  if (answer.status !== 200 || !answer.isWhole) throw new Error(`RDAP answered ${answer.status}`)
  return readContact(JSON.parse(answer.body.toString('utf8')))
}

/** The abuse contact in an RDAP answer: the first entity with that role, however deep, that has a mail address. */
export function readContact(answer: unknown): AbuseContact | undefined {
  const country = countryIn(answer)
  for (const entity of entitiesOf(answer)) {
    if (!rolesOf(entity).includes('abuse')) continue
    const card = cardOf(entity)
    const address = card.email?.trim().toLowerCase()
    if (address === undefined || !isMailAddress(address)) continue
    return {
      address,
      name: card.name ?? address.slice(address.lastIndexOf('@') + 1),
      country: country ?? card.country,
    }
  }
  return undefined
}

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)
}

type Shape = Readonly<Record<string, unknown>>
const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function countryIn(answer: unknown): string | null {
  const country = isShape(answer) ? answer['country'] : undefined
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null
}

/** Entities, breadth first: an abuse contact often stands inside its registrar (RFC 9083, 5.1). */
function entitiesOf(answer: unknown): readonly Shape[] {
  const found: Shape[] = []
  let level = isShape(answer) ? listOf(answer['entities']).filter(isShape) : []
  while (level.length > 0 && found.length < entitiesMax) {
    found.push(...level)
    level = level.flatMap(entity => listOf(entity['entities']).filter(isShape)).slice(0, entitiesMax)
  }
  return found.slice(0, entitiesMax)
}

function rolesOf(entity: Shape): readonly unknown[] {
  return listOf(entity['roles'])
}

/** Name, mail and country of a jCard (RFC 7095): `["vcard", [[name, parameters, type, value], …]]`. */
function cardOf(entity: Shape): {
  name: string | undefined
  email: string | undefined
  country: string | null
} {
  const properties = listOf(listOf(entity['vcardArray'])[1]).slice(0, 100).map(listOf)
  const valueOf = (name: string): string | undefined => {
    const value = properties.find(property => property[0] === name)?.[3]
    return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
  }
  const parameters = properties.find(property => property[0] === 'adr')?.[1]
  const code = isShape(parameters) ? parameters['cc'] : undefined
  return {
    name: valueOf('org') ?? valueOf('fn'),
    email: valueOf('email'),
    country: typeof code === 'string' && /^[A-Z]{2}$/i.test(code) ? code.toUpperCase() : null,
  }
}
