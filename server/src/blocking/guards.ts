import { hostKind, ownership } from '@jikimi/web-address'
import { critical, shared } from './critical.ts'
import type { GuardCode } from './schema.ts'
import { isZoneName } from './rpz.ts'

/**
 * The name that a block of this host covers, with everything below it. `www` of a name is that name: a block
 * of the one that leaves the other open helps nobody.
 */
export function blockedName(host: string): string {
  const bare = host.startsWith('www.') ? host.slice(4) : host
  return bare.includes('.') && ownership(bare).registrable !== null ? bare : host
}

/** What forbids blocking this host by its name. Nothing in it: the name may be blocked. */
export function guardsOf(host: string): readonly GuardCode[] {
  const kind = hostKind(host)
  if (kind !== 'name') return [kind === undefined ? 'notADnsName' : 'ipAddress']
  const name = blockedName(host)
  const { registrable } = ownership(name)
  const codes: (GuardCode | false)[] = [
    isCritical(host) && 'critical',
    // Of the public list and of the private one: `github.io` is many people's, `user.github.io` one person's.
    registrable === null && 'publicSuffix',
    shared.some(each => isUnder(name, each) || isUnder(each, name)) && 'sharedHost',
    !isZoneName(name) && 'notADnsName',
  ]
  return codes.filter(code => code !== false)
}

/** Never blocked in any way: a name on the list, below one, or above one. */
export function isCritical(host: string): boolean {
  const name = blockedName(host)
  return critical.some(
    each =>
      (each.includes('.') || restricted.has(each) ? isUnder(name, each) : name === each) ||
      isUnder(each, name),
  )
}

// Whole top-level domains whose every name counts; `kr` and `arpa` themselves stand on the list as names.
const restricted = new Set(['gov', 'mil', 'edu', 'int', 'arpa'])

function isUnder(name: string, above: string): boolean {
  return name === above || name.endsWith(`.${above}`)
}
