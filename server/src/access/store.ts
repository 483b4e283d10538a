import { sql } from 'kysely'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId, type InvitationId, type OfficerId, type SessionId } from '#platform/ids'
import type { Role } from '#platform/who'
import { refused } from './errors.ts'
import { rolesOfAgency } from './schema.ts'

interface MemberRow {
  account: AccountId
  role: Role
  officer: OfficerId | null
  agency: string | null
  /** Who it is: two accounts of one person have one of these. */
  person: string
  is_active: boolean
  enrolled_at: Date
}

interface InvitationRow {
  id: InvitationId
  veil: string
  role: Role
  name: string
  officer: OfficerId | null
  agency: string | null
  is_first: boolean
  /** The person whose second account this becomes, or null for somebody new. */
  person: string | null
  /** The account that was reset and gets a new password; null where a new account is made. */
  account: AccountId | null
  expires_at: Date
}

declare module '#platform/database' {
  interface Tables {
    // better-auth's, with its names of columns; only what this room itself reads or writes.
    'access.user': {
      id: AccountId
      name: string
      email: string
      emailVerified: boolean
      twoFactorEnabled: boolean | null
    }
    'access.account': {
      id: string
      accountId: string
      providerId: string
      userId: AccountId
      password: string | null
      updatedAt: Date
    }
    'access.session': {
      id: SessionId
      userId: AccountId
      createdAt: Date
      updatedAt: Date
      expiresAt: Date
      userAgent: string | null
      secondFactor: string | null
      lockedAt: Date | null
    }
    'access.passkey': { id: string; userId: AccountId }
    'access.member': MemberRow
    'access.invitation': InvitationRow
    'access.spent_code': { account: AccountId; veil: string; spent_at: Date }
    'access.subscriber': { name: string; veil: string; added_at: Date }
  }
}

export async function memberByAccount(tx: ReadTx, account: string): Promise<MemberRow | undefined> {
  return tx.db
    .selectFrom('access.member')
    .selectAll()
    .where('account', '=', account as AccountId)
    .executeTakeFirst()
}

export async function accountByEmail(tx: ReadTx, email: string): Promise<AccountId | undefined> {
  const row = await tx.db
    .selectFrom('access.user')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  return row?.id
}

/** Accounts with what they are and have, in the order of their making. */
export async function accounts(
  tx: ReadTx,
  page: { limit: number; after?: AccountId | undefined; only?: AccountId | undefined },
) {
  let query = tx.db
    .selectFrom('access.member as member')
    .innerJoin('access.user as user', 'user.id', 'member.account')
    .select(['member.account', 'user.name', 'user.email', 'member.role', 'member.officer', 'member.agency'])
    .select(['member.is_active', 'member.enrolled_at'])
    .select(sql<boolean>`coalesce("user"."twoFactorEnabled", false)`.as('has_totp'))
    .select(
      sql<boolean>`exists (select from access.passkey p where p."userId" = member.account)`.as('has_passkey'),
    )
    .select(
      sql<boolean>`exists (select from access.identity i where i.account = member.account and i.is_strong)`.as(
        'has_strong_identity',
      ),
    )
    .orderBy('member.account')
    .limit(page.limit)
  if (page.after !== undefined) query = query.where('member.account', '>', page.after)
  if (page.only !== undefined) query = query.where('member.account', '=', page.only)
  return query.execute()
}

export async function hasAccounts(tx: ReadTx): Promise<boolean> {
  const row = await tx.db.selectFrom('access.member').select('account').limit(1).executeTakeFirst()
  return row !== undefined
}

export async function addAccount(
  tx: Tx,
  account: { id: AccountId; name: string; email: string; passwordHash: string | null; at: Date },
): Promise<void> {
  const { id, name, email, at } = account
  await tx.db
    .insertInto('access.user')
    .values({ id, name, email, emailVerified: false, twoFactorEnabled: false })
    .execute()
  await tx.db
    .insertInto('access.account')
    .values({
      id: newId<'AccountId'>(at),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: account.passwordHash,
      updatedAt: at,
    })
    .execute()
}

export async function addMember(tx: Tx, member: MemberRow): Promise<void> {
  await tx.db.insertInto('access.member').values(member).execute()
}

/** Switches an account on or off; says whether it is there. */
export async function setActive(tx: Tx, account: AccountId, isActive: boolean): Promise<boolean> {
  const changed = await tx.db
    .updateTable('access.member')
    .set({ is_active: isActive })
    .where('account', '=', account)
    .returning('account')
    .executeTakeFirst()
  return changed !== undefined
}

export async function accountOfOfficer(tx: ReadTx, officer: OfficerId): Promise<AccountId | undefined> {
  const row = await tx.db
    .selectFrom('access.member')
    .select('account')
    .where('officer', '=', officer)
    .executeTakeFirst()
  return row?.account
}

export async function moveOfficer(
  tx: Tx,
  officer: OfficerId,
  agency: string,
): Promise<AccountId | undefined> {
  const moved = await tx.db
    .updateTable('access.member')
    .set({ agency })
    .where('officer', '=', officer)
    .where('role', 'in', rolesOfAgency)
    .returning('account')
    .executeTakeFirst()
  return moved?.account
}

export async function officerHasAccount(tx: ReadTx, officer: OfficerId): Promise<boolean> {
  const row = await tx.db
    .selectFrom('access.member')
    .select('account')
    .where('officer', '=', officer)
    .executeTakeFirst()
  return row !== undefined
}

/** @throws access.noOfficer */
export async function addInvitation(tx: Tx, invitation: InvitationRow): Promise<void> {
  await tx.db
    .insertInto('access.invitation')
    .values(invitation)
    .execute()
    .catch((error: unknown) => {
      throw isStranger(error) ? refused.noOfficer() : error
    })
}

/** That the officer exists is known to a later room's table, which the database asks by foreign key (23503). */
function isStranger(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}

export async function dropFirstInvitations(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('access.invitation').where('is_first', '=', true).execute()
}

/**
 * Ends invitations of an officer; of one who has left also the link of a reset, and that to a second account of the
 * same person. Returns those that ended.
 */
export async function endInvitations(
  tx: Tx,
  officer: OfficerId,
  hasLeft: boolean,
): Promise<readonly InvitationId[]> {
  const { rows } = await sql<{ id: InvitationId }>`
    select id from access.end_invitations(${officer}, ${hasLeft}) as ended (id)`.execute(tx.db)
  return rows.map(row => row.id)
}

export async function dropStaleInvitations(tx: Tx, at: Date): Promise<void> {
  await tx.db.deleteFrom('access.invitation').where('expires_at', '<=', at).execute()
}

/** Takes the invitation away, for this transaction alone: two that come with one token do not both get it. */
export async function takeInvitation(tx: Tx, veil: string): Promise<InvitationRow | undefined> {
  return tx.db.deleteFrom('access.invitation').where('veil', '=', veil).returningAll().executeTakeFirst()
}

export async function hasInvitation(tx: ReadTx, veil: string, at: Date): Promise<boolean> {
  const row = await tx.db
    .selectFrom('access.invitation')
    .select('id')
    .where('veil', '=', veil)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a passkey or a password opens the caller's own account. */
export async function hasOtherWayIn(tx: ReadTx, account: AccountId): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select access.has_password() or exists (
    select from access.passkey where "userId" = ${account}) as has`.execute(tx.db as never)
  return rows[0]?.has === true
}

export async function touchSession(tx: Tx, session: SessionId, at: Date): Promise<void> {
  await tx.db.updateTable('access.session').set({ updatedAt: at }).where('id', '=', session).execute()
}

export async function lockSession(tx: Tx, session: SessionId, at: Date): Promise<void> {
  await tx.db.updateTable('access.session').set({ lockedAt: at }).where('id', '=', session).execute()
}

export async function setSecondFactor(tx: Tx, session: SessionId, factor: string): Promise<void> {
  await tx.db.updateTable('access.session').set({ secondFactor: factor }).where('id', '=', session).execute()
}

export async function sessionsOf(tx: ReadTx, account: AccountId, from: Date, limit: number) {
  return tx.db
    .selectFrom('access.session')
    .select(['id', 'createdAt', 'updatedAt', 'userAgent', 'secondFactor'])
    .where('userId', '=', account)
    .where('expiresAt', '>', from)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Ends one session of the account, or all but `except`; returns those that were ended. */
export async function endSessions(
  tx: Tx,
  account: AccountId,
  which: { only?: SessionId; except?: SessionId } = {},
): Promise<readonly SessionId[]> {
  let query = tx.db.deleteFrom('access.session').where('userId', '=', account)
  if (which.only !== undefined) query = query.where('id', '=', which.only)
  if (which.except !== undefined) query = query.where('id', '<>', which.except)
  const ended = await query.returning('id').execute()
  return ended.map(row => row.id)
}

/** Sessions that ended by their age leave the table when somebody signs in. */
export async function dropStaleSessions(tx: Tx, at: Date): Promise<void> {
  await tx.db.deleteFrom('access.session').where('expiresAt', '<=', at).execute()
}

export async function dropSpentCodes(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('access.spent_code').where('spent_at', '<', before).execute()
}

/** Says whether the code was new. */
export async function addSpentCode(
  tx: Tx,
  spent: { account: AccountId; veil: string; spent_at: Date },
): Promise<boolean> {
  const added = await tx.db
    .insertInto('access.spent_code')
    .values(spent)
    .onConflict(conflict => conflict.doNothing())
    .returning('account')
    .executeTakeFirst()
  return added !== undefined
}

export async function subscribers(tx: ReadTx, limit: number) {
  return tx.db
    .selectFrom('access.subscriber')
    .select(['name', 'added_at'])
    .orderBy('name')
    .limit(limit)
    .execute()
}

export async function hasSubscriber(tx: ReadTx, name: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('access.subscriber')
    .select('name')
    .where('name', '=', name)
    .executeTakeFirst()
  return row !== undefined
}

/** Says whether the name was free. */
export async function addSubscriber(
  tx: Tx,
  row: { name: string; veil: string; added_at: Date },
): Promise<boolean> {
  const added = await tx.db
    .insertInto('access.subscriber')
    .values(row)
    .onConflict(conflict => conflict.column('name').doNothing())
    .returning('name')
    .executeTakeFirst()
  return added !== undefined
}

export async function dropSubscriber(tx: Tx, name: string): Promise<boolean> {
  const dropped = await tx.db
    .deleteFrom('access.subscriber')
    .where('name', '=', name)
    .returning('name')
    .executeTakeFirst()
  return dropped !== undefined
}

export async function subscriberByVeil(tx: ReadTx, veil: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('access.subscriber')
    .select('name')
    .where('veil', '=', veil)
    .executeTakeFirst()
  return row?.name
}

export interface Colleague {
  readonly account: AccountId
  readonly name: string
  readonly role: Role
  readonly officer: OfficerId | null
  readonly agency: string | null
}

/** Active accounts of those who work on cases, as far as the caller may know them. */
export async function colleagues(tx: ReadTx): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`select * from access.colleagues() order by name, account`.execute(
    tx.db as never,
  )
  return rows
}

export async function emailsOf(
  tx: ReadTx,
  accounts: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, string>> {
  if (accounts.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('access.user')
    .select(['id', 'email'])
    .where('id', 'in', [...accounts])
    .execute()
  return new Map(rows.map(row => [row.id, row.email]))
}
