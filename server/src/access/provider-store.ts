import type { ReadTx, Tx } from '#platform/database'
import type { AccountId } from '#platform/ids'

export interface IdentityRow {
  veil: string
  provider: string
  account: AccountId
  is_strong: boolean
  linked_at: Date
}

export interface VisitRow {
  veil: string
  provider: string
  purpose: 'signIn' | 'link' | 'enrol'
  account: AccountId | null
  invitation_veil: string | null
  name: string | null
  email: string | null
  begun_at: Date
  expires_at: Date
}

declare module '#platform/database' {
  interface Tables {
    'access.identity': IdentityRow
    'access.provider_visit': VisitRow
  }
}

export async function addVisit(tx: Tx, visit: VisitRow): Promise<void> {
  await tx.db.insertInto('access.provider_visit').values(visit).execute()
}

/** Takes the visit away: whoever comes back a second time finds none. */
export async function takeVisit(tx: Tx, veil: string): Promise<VisitRow | undefined> {
  return tx.db.deleteFrom('access.provider_visit').where('veil', '=', veil).returningAll().executeTakeFirst()
}

export async function dropStaleVisits(tx: Tx, at: Date): Promise<void> {
  await tx.db.deleteFrom('access.provider_visit').where('expires_at', '<=', at).execute()
}

export async function identityByVeil(tx: ReadTx, veil: string): Promise<IdentityRow | undefined> {
  return tx.db.selectFrom('access.identity').selectAll().where('veil', '=', veil).executeTakeFirst()
}

export async function identitiesOf(tx: ReadTx, account: AccountId): Promise<IdentityRow[]> {
  return tx.db
    .selectFrom('access.identity')
    .selectAll()
    .where('account', '=', account)
    .orderBy('provider')
    .execute()
}

/** Says whether neither the identity was tied to an account nor the account to the provider. */
export async function addIdentity(tx: Tx, identity: IdentityRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('access.identity')
    .values(identity)
    .onConflict(conflict => conflict.doNothing())
    .returning('veil')
    .executeTakeFirst()
  return added !== undefined
}

export async function markStrong(tx: Tx, veil: string): Promise<void> {
  await tx.db.updateTable('access.identity').set({ is_strong: true }).where('veil', '=', veil).execute()
}

export async function dropIdentity(tx: Tx, account: AccountId, provider: string): Promise<boolean> {
  const dropped = await tx.db
    .deleteFrom('access.identity')
    .where('account', '=', account)
    .where('provider', '=', provider)
    .returning('veil')
    .executeTakeFirst()
  return dropped !== undefined
}
