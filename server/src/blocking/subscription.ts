import type { ReadTx } from '#platform/database'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { hashesUnder, prefixesOf } from './list.ts'
import * as store from './store.ts'

export interface Served {
  readonly serial: number
  readonly etag: string
  /** undefined where the subscriber has it already. */
  readonly body: string | Buffer | undefined
}

/** The zone as it was published last, unless it is the one that the subscriber has. @throws blocking.noPublication */
export async function servedZone(tx: ReadTx, known: string | undefined): Promise<Served> {
  const latest = await latestOf(tx)
  return served(latest.serial, latest.zone_sha256, known, async () => (await listsOf(tx, latest)).zone)
}

/** The first four bytes of every hash, sorted. @throws blocking.noPublication */
export async function servedPrefixes(tx: ReadTx, known: string | undefined): Promise<Served> {
  const latest = await latestOf(tx)
  return served(latest.serial, latest.hashes_sha256, known, async () =>
    prefixesOf((await listsOf(tx, latest)).hashes),
  )
}

/** The whole hashes that begin with `prefix`, in hexadecimal. Nothing listed: none. */
export async function confirm(tx: ReadTx, prefix: string): Promise<{ hashes: string[] }> {
  const latest = await store.latestPublication(tx)
  if (latest === undefined) return { hashes: [] }
  const { hashes } = await listsOf(tx, latest)
  return { hashes: hashesUnder(hashes, Buffer.from(prefix, 'hex')).map(hash => hash.toString('hex')) }
}

async function served(
  serial: number,
  sha256: string,
  known: string | undefined,
  read: () => Promise<string | Buffer>,
): Promise<Served> {
  const etag = `"${sha256.slice(0, 32)}"`
  // RFC 9110, 13.1.2: a list of tags, weak ones too, or a star.
  const tags = (known ?? '').split(',').map(tag => tag.trim().replace(/^W\//, ''))
  const isKnown = tags.includes(etag) || tags.includes('*')
  return { serial, etag, body: isKnown ? undefined : await read() }
}

async function latestOf(tx: ReadTx): Promise<store.PublicationRow> {
  return (await store.latestPublication(tx)) ?? refuse(refused.noPublication())
}

async function listsOf(tx: ReadTx, latest: store.PublicationRow) {
  return (await store.compiledOf(tx, latest.id)) ?? refuse(refused.noPublication())
}
