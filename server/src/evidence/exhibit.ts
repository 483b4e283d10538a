import { createHash, randomBytes } from 'node:crypto'
import { open, seal } from '@jikimi/seal'
import type { ReadTx } from '#platform/database'
import type { ExhibitId } from '#platform/ids'
import type { ObjectName } from '#platform/objects'
import { refuse } from '#platform/refusals'
import type { World } from '#platform/world'
import { refused } from './errors.ts'
import type { ExhibitKind } from './schema.ts'
import * as store from './store.ts'

/** A piece of a capture before it is sealed. */
export interface Piece {
  readonly kind: ExhibitKind
  readonly place: number
  readonly url: string | null
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** The piece as it lies in the store. */
export interface Sealed extends Omit<Piece, 'bytes'> {
  readonly size: number
  readonly plainSha256: Buffer
  readonly salt: Buffer
  readonly sealedSha256: ObjectName
  readonly sealedSize: number
}

/** Seals a piece to the unit and stores it; it is durable when this returns. Never inside a transaction. */
export async function sealPiece(world: World, piece: Piece): Promise<Sealed> {
  const { bytes, ...rest } = piece
  const stored = await world.objects.put(seal([bytes], [world.keys.unitRecipient]))
  return {
    ...rest,
    size: bytes.byteLength,
    plainSha256: createHash('sha256').update(bytes).digest(),
    salt: randomBytes(32),
    sealedSha256: stored.name,
    sealedSize: stored.size,
  }
}

const label = Buffer.from('jikimi exhibit content v1\0')

/**
 * What the log holds of the content: SHA-256(label || salt || SHA-256(content)). A raw hash there would let
 * anyone with a list of known hashes ask what a case holds; with the salt the owner can still prove it.
 */
export function commitmentTo(sealed: Pick<Sealed, 'salt' | 'plainSha256'>): string {
  return createHash('sha256').update(label).update(sealed.salt).update(sealed.plainSha256).digest('hex')
}

/** The exhibit's row. @throws evidence.noExhibit there is none, or it belongs to another's case */
export async function exhibitRow(tx: ReadTx, id: ExhibitId): Promise<store.ExhibitRow> {
  return (await store.exhibit(tx, id)) ?? refuse(refused.noExhibit({ exhibit: id }))
}

/** Opens a sealed exhibit in memory. The log entry of this reading must be committed before. */
export async function unseal(
  world: World,
  row: Pick<store.ExhibitRow, 'sealed_sha256' | 'plain_sha256'>,
): Promise<Buffer> {
  const sealed = await world.objects.get(row.sealed_sha256)
  const bytes = Buffer.concat(await Array.fromAsync(open(sealed, [world.keys.unitIdentity])))
  if (!createHash('sha256').update(bytes).digest().equals(row.plain_sha256)) refuse(refused.damaged())
  return bytes
}
