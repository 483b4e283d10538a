import { canonical } from '@jikimi/tlog'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId, type CaseId, type EntryId } from '#platform/ids'
import type { Word } from '#platform/log'
import type { Safe } from '#platform/refusals'
import type { Who } from '#platform/who'
import { kinds, type Kind } from './kinds.ts'
import type { Entry, LogFilter } from './schema.ts'
import * as store from './store.ts'

/** What an entry is about: ids, by the word for their kind. `case` decides who may read it. */
export type About = { readonly case?: CaseId } & Readonly<
  Record<string, (string & { readonly __proto__?: never }) | undefined>
>

/** Codes that the source fixes, numbers and flags: the reason, a distance, a rung. Never free text. */
export type Detail = Readonly<Record<string, Safe | Word>>

/**
 * Records what is done, in the transaction that does it: both are there afterwards, or neither. The
 * sequencer gives the entry its place in the tree about a second later.
 */
export async function record(tx: Tx, kind: Kind, about: About, detail: Detail = {}): Promise<EntryId> {
  const id = newId<'EntryId'>(tx.now)
  const body = canonical({
    v: 1,
    id,
    at: tx.now.toISOString(),
    kind,
    by: actor(tx.who),
    about: definedOf(about),
    detail: definedOf(detail),
  })
  await store.addEntry(tx, { id, at: tx.now, kind, case_id: about.case ?? null, body })
  return id
}

/** The time line of a case, oldest first, as far as the caller may see the case. */
export async function timeLine(
  tx: ReadTx,
  caseId: CaseId,
  page: { limit: number; after: EntryId | undefined },
): Promise<{ rows: Entry[]; next: EntryId | null }> {
  const rows = await store.entriesOfCase(tx, caseId, { limit: page.limit + 1, after: page.after })
  const shown = rows.slice(0, page.limit).map(lineOf)
  return { rows: shown, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}

/**
 * What was done, newest first, as far as the caller may see it: the administrator what belongs to no case, whoever
 * answers for data protection everything.
 */
export async function operationsLine(
  tx: ReadTx,
  page: { limit: number; after?: EntryId | undefined } & LogFilter,
): Promise<{ rows: Entry[]; next: EntryId | null }> {
  const rows = await store.entriesWhere(tx, { ...page, limit: page.limit + 1 })
  const shown = rows.slice(0, page.limit).map(lineOf)
  return { rows: shown, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}

/** What counts as looking at a case. */
const readingKinds = ['case.read', 'report.opened', 'message.read', 'exhibit.viewed', 'glass.broken'] as const

export interface Reader {
  readonly account: AccountId
  readonly kinds: readonly string[]
  readonly times: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** Who has looked at a case, the latest first, as far as the caller may see its entries. */
export async function readersOf(tx: ReadTx, caseId: CaseId): Promise<Reader[]> {
  const byAccount = Map.groupBy(await store.readingsOf(tx, caseId, readingKinds), row => row.account)
  return [...byAccount]
    .map(([account, rows]) => ({
      account: account as AccountId,
      kinds: rows.map(row => row.kind).toSorted(),
      times: rows.reduce((sum, row) => sum + row.times, 0),
      firstAt: rows.map(row => row.first_at).toSorted((one, other) => one.getTime() - other.getTime())[0]!,
      lastAt: rows.map(row => row.last_at).toSorted((one, other) => other.getTime() - one.getTime())[0]!,
    }))
    .toSorted((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
}

/** One row of the store as a line of a time line. */
export function lineOf(row: {
  id: EntryId
  at: Date
  kind: string
  body: string
  tree_index: number | null
}): Entry {
  const body = JSON.parse(row.body) as { by: Entry['by']; about: Entry['about']; detail: Entry['detail'] }
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    sentence: kinds[row.kind as Kind] ?? { ko: row.kind, en: row.kind },
    by: body.by,
    about: body.about,
    detail: body.detail,
    treeIndex: row.tree_index,
  }
}

function actor(who: Who): Entry['by'] {
  return {
    kind: who.kind,
    account: who.kind === 'staff' ? who.account : null,
    room: who.kind === 'system' ? who.room : null,
    ...(who.kind === 'staff' && who.from !== undefined ? { from: who.from } : {}),
  }
}

function definedOf<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, T] => pair[1] !== undefined),
  )
}
