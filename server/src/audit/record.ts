import { canonical } from '@jikimi/tlog'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type CaseId, type EntryId } from '#platform/ids'
import type { Word } from '#platform/log'
import type { Safe } from '#platform/refusals'
import type { Who } from '#platform/who'
import { kinds, type Kind } from './kinds.ts'
import type { Entry } from './schema.ts'
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

/** What was done outside of cases, newest first. */
export async function operationsLine(
  tx: ReadTx,
  page: { limit: number; after?: EntryId | undefined },
): Promise<{ rows: Entry[]; next: EntryId | null }> {
  const rows = await store.entriesOfNoCase(tx, { limit: page.limit + 1, before: page.after })
  const shown = rows.slice(0, page.limit).map(lineOf)
  return { rows: shown, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
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
  }
}

function definedOf<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, T] => pair[1] !== undefined),
  )
}
