/**
 * Who has looked at a case: told to its team and to whoever answers for data protection by name, to its reporter by
 * role and agency. And what became of readings that were out of the ordinary.
 *
 * @module
 */
import { colleagues } from '#access'
import { readersOf, record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import type { CaseId, FlagId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { seenFile } from './file.ts'
import * as readerStore from './reader-store.ts'
import type { Flags, Readers, ReadersTold, ReadingRule } from './schema.ts'

/** Who has looked at the case, the latest first. @throws cases.noCase, cases.caseLocked */
export async function caseReaders(tx: ReadTx, id: CaseId): Promise<Readers> {
  const isProtector = tx.who.kind === 'staff' && tx.who.role === protector
  if (!isProtector) await seenFile(tx, id)
  const people = new Map((await colleagues(tx)).map(each => [each.account, each]))
  const rows = (await readersOf(tx, id)).map(each => ({
    account: each.account,
    name: people.get(each.account)?.name ?? null,
    role: people.get(each.account)?.role ?? null,
    agency: people.get(each.account)?.agency ?? null,
    kinds: [...each.kinds],
    times: each.times,
    firstAt: each.firstAt.toISOString(),
    lastAt: each.lastAt.toISOString(),
  }))
  return { rows }
}

const protector: string = 'dataProtectionOfficer'

/** What the holder of the receipt is told of who has looked at theirs. */
export async function readersTold(tx: ReadTx): Promise<ReadersTold> {
  const rows = await readerStore.readersTold(tx)
  return {
    rows: rows.map(row => ({
      role: row.role,
      agency: row.agency,
      times: row.times,
      lastAt: row.last_at.toISOString(),
    })),
  }
}

/** Flags that were raised, newest first. */
export async function listFlags(
  tx: ReadTx,
  page: { isOpen?: boolean | undefined; limit: number; after?: FlagId | undefined },
): Promise<Flags> {
  const found = await readerStore.flags(tx, { ...page, limit: page.limit + 1 })
  const people = new Map((await colleagues(tx)).map(each => [each.account, each]))
  const rows = found.slice(0, page.limit).map(row => ({
    flag: row.id,
    account: row.account_id,
    name: people.get(row.account_id)?.name ?? null,
    agency: people.get(row.account_id)?.agency ?? null,
    case: row.case_id,
    kind: row.kind,
    at: row.at.toISOString(),
    seenAt: row.seen_at?.toISOString() ?? null,
  }))
  return { rows, next: found.length > page.limit ? (rows.at(-1)?.flag ?? null) : null }
}

/** Says that a flag was looked into. @throws cases.noFlag */
export async function seeFlag(tx: Tx, id: FlagId): Promise<void> {
  if (tx.who.kind !== 'staff') return refuse(refused.noFlag())
  const seen = (await readerStore.see(tx, id, tx.who.account)) ?? refuse(refused.noFlag())
  await record(tx, 'flag.seen', { case: seen.case_id, flag: id })
}

/** What counts as out of the ordinary. */
export async function readingRule(tx: ReadTx): Promise<ReadingRule> {
  const rule = await readerStore.rule(tx)
  return { casesAnHour: rule.cases_an_hour, nightFrom: rule.night_from, nightUntil: rule.night_until }
}

/** @throws cases.notProtector */
export async function setReadingRule(tx: Tx, rule: ReadingRule): Promise<void> {
  if (!(await readerStore.setRule(tx, rule))) refuse(refused.notProtector())
  await record(tx, 'readingRule.changed', {}, { ...rule })
}

/** Marks a case as of somebody whom many know: each reading by others than its officer is flagged. @throws cases.noCase, cases.caseLocked */
export async function markKnown(tx: Tx, id: CaseId, isKnown: boolean): Promise<void> {
  const file = await seenFile(tx, id)
  if (file.is_known_person === isKnown) return
  await readerStore.setKnown(tx, id, isKnown)
  await record(tx, 'case.marked', { case: id }, { isKnown })
}
