/**
 * Who can be asked, and how: the directory first, then RDAP. What is found is kept, so that the next target of
 * the same contact knows it and a bounce is remembered. The directory names no offending site.
 *
 * @module
 */
import { getDomain } from 'tldts'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type ProviderId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import * as directory from './provider-store.ts'
import { abuseContact, type AbuseContact } from './rdap.ts'
import type { Addressee, ChangedProvider, NewProvider, Provider } from './schema.ts'
import * as store from './store.ts'
import type { ChannelRow, TargetRow } from './store.ts'

/** Who is asked on each rung that is taken. */
export const addresseeOf: Readonly<Record<number, Addressee>> = { 1: 'operator', 2: 'host', 3: 'regulator' }

export type Contact =
  | { readonly from: 'directory'; readonly channel: ChannelRow; readonly country: string | null }
  | { readonly from: 'rdap'; readonly found: AbuseContact; readonly kind: Provider['kind'] }

/** Names under which the directory may know the host, the most exact first: `a.b.host.example` … `host.example`. */
export function domainsOf(host: string): readonly string[] {
  const registrable = getDomain(host, { allowPrivateDomains: true })
  if (registrable === null) return [host]
  const labels = host
    .slice(0, -registrable.length - 1)
    .split('.')
    .filter(label => label !== '')
  return [...labels.map((_, index) => [...labels.slice(index), registrable].join('.')), registrable]
}

/**
 * Whom to ask on `rung`: for the operator the directory by host, else the domain's abuse contact; for the host
 * the abuse contact of the network that answers; for the regulator the directory. Undefined: nobody is known.
 */
export async function findContact(work: Work, target: TargetRow, rung: number): Promise<Contact | undefined> {
  const known = await work.look(tx => inDirectory(tx, target, rung))
  if (known !== undefined || rung === 3) return known
  const asked = await work.look(tx => store.askedAddresses(tx, target.id, target.round))
  const bounced = (found: AbuseContact) => work.look(tx => hasBounced(tx, found.address))
  for (const about of rung === 1
    ? [getDomain(target.host) ?? target.host]
    : await networksOf(work, target.host)) {
    const found = await askRdap(work, about)
    if (found === undefined || (rung > 1 && asked.includes(found.address)) || (await bounced(found))) continue
    return { from: 'rdap', found, kind: rung === 1 ? 'unknown' : 'host' }
  }
  return undefined
}

async function inDirectory(tx: ReadTx, target: TargetRow, rung: number): Promise<Contact | undefined> {
  if (rung === 2) return undefined
  const providers =
    rung === 3
      ? await directory.regulators(tx, 'KR')
      : [await directory.providerByDomain(tx, domainsOf(target.host))].filter(each => each !== undefined)
  for (const provider of providers) {
    const [channel] = await directory.usableChannels(tx, provider.id)
    if (channel !== undefined) return { from: 'directory', channel, country: provider.country }
  }
  return undefined
}

async function hasBounced(tx: ReadTx, address: string): Promise<boolean> {
  const known = await directory.foundChannel(tx, address)
  return known !== undefined && (known.bounced_at !== null || !known.is_active)
}

/** Addresses of the network at which the host answers; a host behind a content network leads to that one. */
async function networksOf(work: Work, host: string): Promise<readonly string[]> {
  try {
    return (await work.world.outbound.resolve(host)).slice(0, 2)
  } catch {
    return []
  }
}

async function askRdap(work: Work, about: string): Promise<AbuseContact | undefined> {
  try {
    return await abuseContact(work.world.outbound, work.world.config.rdapUrl, about)
  } catch (error) {
    // A registry that is out of reach is asked again; on the last attempt an officer is asked instead.
    if (work.isLastAttempt) return undefined
    throw error
  }
}

/** The channel of a contact; one found by RDAP is entered first. */
export async function channelOf(
  tx: Tx,
  contact: Contact,
): Promise<{ channel: ChannelRow; country: string | null }> {
  if (contact.from === 'directory') return { channel: contact.channel, country: contact.country }
  const { found, kind } = contact
  const known = await directory.foundChannel(tx, found.address)
  if (known !== undefined) {
    const provider = await directory.provider(tx, known.provider_id)
    return { channel: known, country: provider?.country ?? found.country }
  }
  const provider = newId<'ProviderId'>(tx.now)
  await directory.addProvider(tx, {
    id: provider,
    name: found.name,
    kind,
    country: found.country,
    added_at: tx.now,
  })
  const channel = await directory.addChannel(tx, {
    id: newId<'ChannelId'>(tx.now),
    provider_id: provider,
    type: 'mail',
    address: found.address,
    language: found.country === 'KR' ? 'ko' : 'both',
    source: 'rdap',
    added_at: tx.now,
  })
  return { channel, country: found.country }
}

/**
 * Enters a provider into the directory.
 * @throws takedown.domainTaken one of its domains belongs to another
 */
export async function addProvider(tx: Tx, given: NewProvider): Promise<ProviderId> {
  const id = newId<'ProviderId'>(tx.now)
  const { name, kind, country } = given
  await directory.addProvider(tx, { id, name, kind, country, added_at: tx.now })
  if (!(await directory.setDomains(tx, id, given.domains))) refuse(refused.domainTaken({ provider: id }))
  await addChannels(tx, id, given.channels)
  await record(
    tx,
    'provider.found',
    { provider: id },
    { source: 'directory', channels: given.channels.length },
  )
  return id
}

/**
 * Changes a provider. Channels are retired, never removed: notices name them.
 * @throws takedown.noProvider · takedown.domainTaken
 */
export async function changeProvider(tx: Tx, id: ProviderId, given: ChangedProvider): Promise<void> {
  if ((await directory.provider(tx, id)) === undefined) refuse(refused.noProvider({ provider: id }))
  const { name, kind, country } = given
  await directory.changeProvider(tx, id, {
    ...(name === undefined ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
    ...(country === undefined ? {} : { country }),
  })
  if (given.domains !== undefined && !(await directory.setDomains(tx, id, given.domains)))
    refuse(refused.domainTaken({ provider: id }))
  await addChannels(tx, id, given.addChannels ?? [])
  await directory.retireChannels(tx, id, given.retireChannels ?? [])
  await record(
    tx,
    'provider.found',
    { provider: id },
    { source: 'directory', channels: given.addChannels?.length ?? 0 },
  )
}

async function addChannels(tx: Tx, provider: ProviderId, channels: NewProvider['channels']): Promise<void> {
  for (const { type, address, language } of channels) {
    const id = newId<'ChannelId'>(tx.now)
    await directory.addChannel(tx, {
      id,
      provider_id: provider,
      type,
      address,
      language,
      source: 'directory',
      added_at: tx.now,
    })
  }
}
