import type { Selectable, Updateable } from 'kysely'
import type { ReadTx, Tables, Tx } from '#platform/database'
import type { ChannelId, ProviderId } from '#platform/ids'
import type { Provider } from './schema.ts'
import type { ChannelRow } from './store.ts'

export type ProviderRow = Selectable<Tables['takedown.provider']>

/** The provider of the first of `domains` that the directory knows: give the most exact first. */
export async function providerByDomain(
  tx: ReadTx,
  domains: readonly string[],
): Promise<ProviderRow | undefined> {
  if (domains.length === 0) return undefined
  const rows = await tx.db
    .selectFrom('takedown.provider as provider')
    .innerJoin('takedown.provider_domain as domain', 'domain.provider_id', 'provider.id')
    .selectAll('provider')
    .select('domain.domain')
    .where('domain.domain', 'in', [...domains])
    .execute()
  return rows.toSorted((one, other) => domains.indexOf(one.domain) - domains.indexOf(other.domain))[0]
}

/** The regulators of `country`, the longest known first. */
export async function regulators(tx: ReadTx, country: string): Promise<readonly ProviderRow[]> {
  return tx.db
    .selectFrom('takedown.provider')
    .selectAll()
    .where('kind', '=', 'regulator')
    .where('country', '=', country)
    .orderBy('id')
    .limit(10)
    .execute()
}

export async function provider(tx: ReadTx, id: ProviderId): Promise<ProviderRow | undefined> {
  return tx.db.selectFrom('takedown.provider').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Channels of a provider that are in use and have not bounced, mail first: it leaves proof, and needs nobody. */
export async function usableChannels(tx: ReadTx, id: ProviderId): Promise<readonly ChannelRow[]> {
  const rows = await tx.db
    .selectFrom('takedown.channel')
    .selectAll()
    .where('provider_id', '=', id)
    .where('is_active', '=', true)
    .where('bounced_at', 'is', null)
    .orderBy('id')
    .limit(50)
    .execute()
  return rows.toSorted((one, other) => Number(one.type !== 'mail') - Number(other.type !== 'mail'))
}

export async function channel(tx: ReadTx, id: ChannelId): Promise<ChannelRow | undefined> {
  return tx.db.selectFrom('takedown.channel').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A mail channel with this address that was once found, whoever's it is. */
export async function foundChannel(tx: ReadTx, address: string): Promise<ChannelRow | undefined> {
  return tx.db
    .selectFrom('takedown.channel')
    .selectAll()
    .where('type', '=', 'mail')
    .where('address', '=', address)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

export async function addProvider(tx: Tx, row: ProviderRow): Promise<void> {
  await tx.db.insertInto('takedown.provider').values(row).execute()
}

export async function changeProvider(
  tx: Tx,
  id: ProviderId,
  change: Updateable<Tables['takedown.provider']>,
): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx.db.updateTable('takedown.provider').set(change).where('id', '=', id).execute()
}

/** Gives the provider exactly `domains`; says false where one of them belongs to another. */
export async function setDomains(tx: Tx, id: ProviderId, domains: readonly string[]): Promise<boolean> {
  await tx.db.deleteFrom('takedown.provider_domain').where('provider_id', '=', id).execute()
  if (domains.length === 0) return true
  const wanted = [...new Set(domains)]
  const added = await tx.db
    .insertInto('takedown.provider_domain')
    .values(wanted.map(domain => ({ domain, provider_id: id })))
    .onConflict(conflict => conflict.column('domain').doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) === BigInt(wanted.length)
}

/** Adds a channel, or takes one that was retired or had bounced back into use. */
export async function addChannel(
  tx: Tx,
  row: Omit<ChannelRow, 'is_active' | 'bounced_at'>,
): Promise<ChannelRow> {
  return tx.db
    .insertInto('takedown.channel')
    .values({ ...row, is_active: true, bounced_at: null })
    .onConflict(conflict =>
      conflict
        .columns(['provider_id', 'type', 'address'])
        .doUpdateSet({ is_active: true, bounced_at: null, language: row.language }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function retireChannels(tx: Tx, provider: ProviderId, ids: readonly ChannelId[]): Promise<void> {
  if (ids.length === 0) return
  await tx.db
    .updateTable('takedown.channel')
    .set({ is_active: false })
    .where('provider_id', '=', provider)
    .where('id', 'in', [...ids])
    .execute()
}

export async function markBounced(tx: Tx, id: ChannelId): Promise<void> {
  await tx.db.updateTable('takedown.channel').set({ bounced_at: tx.now }).where('id', '=', id).execute()
}

/** One page of the directory, oldest first. */
export async function directory(
  tx: ReadTx,
  page: { limit: number; after: ProviderId | undefined },
): Promise<readonly Provider[]> {
  let query = tx.db.selectFrom('takedown.provider').selectAll().orderBy('id').limit(page.limit)
  if (page.after !== undefined) query = query.where('id', '>', page.after)
  const providers = await query.execute()
  if (providers.length === 0) return []
  const ids = providers.map(row => row.id)
  const domains = await tx.db
    .selectFrom('takedown.provider_domain')
    .selectAll()
    .where('provider_id', 'in', ids)
    .orderBy('domain')
    .execute()
  const channels = await tx.db
    .selectFrom('takedown.channel')
    .selectAll()
    .where('provider_id', 'in', ids)
    .orderBy('id')
    .execute()
  return providers.map(row => ({
    provider: row.id,
    name: row.name,
    kind: row.kind,
    country: row.country,
    domains: domains.filter(each => each.provider_id === row.id).map(each => each.domain),
    channels: channels.filter(each => each.provider_id === row.id).map(channelShown),
  }))
}

function channelShown(row: ChannelRow): Provider['channels'][number] {
  return {
    channel: row.id,
    type: row.type,
    address: row.address,
    language: row.language,
    source: row.source,
    isActive: row.is_active,
    bouncedAt: row.bounced_at?.toISOString() ?? null,
  }
}
