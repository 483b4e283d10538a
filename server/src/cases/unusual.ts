import { record } from '#audit'
import type { Tx } from '#platform/database'
import { newId, type CaseId } from '#platform/ids'
import { after, hourMs } from '#platform/time'
import * as readerStore from './reader-store.ts'
import type { FlagKind } from './schema.ts'
import * as store from './store.ts'

/**
 * Looks whether this reading is out of the ordinary, and if so raises a flag for whoever answers for data
 * protection. Nothing is stopped by it, and the reader is told nothing: most have a good reason.
 */
export async function watchReading(tx: Tx, id: CaseId): Promise<void> {
  if (tx.who.kind !== 'staff') return
  const { account, officer } = tx.who
  const rule = await readerStore.rule(tx)
  const hour = after(tx.now, -(tx.now.getTime() % hourMs))
  const kinds: FlagKind[] = []
  if ((await readerStore.casesReadIn(tx, account, hour)) > rule.cases_an_hour) kinds.push('many')
  if (isNight(hourInSeoul(tx.now), rule)) kinds.push('night')
  const file = await store.file(tx, id)
  if (file?.is_known_person === true && (officer === null || file.officer_id !== officer))
    kinds.push('knownPerson')
  for (const kind of kinds) {
    const flag = newId<'FlagId'>(tx.now)
    if (await readerStore.raise(tx, { id: flag, account_id: account, case_id: id, kind, hour, at: tx.now }))
      await record(tx, 'reading.flagged', { case: id, flag }, { kind })
  }
}

function hourInSeoul(at: Date): number {
  return Number(
    new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', hour: 'numeric', hourCycle: 'h23' }).format(at),
  )
}

function isNight(hour: number, { night_from: from, night_until: until }: readerStore.Rule): boolean {
  return from <= until ? hour >= from && hour < until : hour >= from || hour < until
}
