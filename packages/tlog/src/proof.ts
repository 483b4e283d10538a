import { fromBase64, toBase64 } from './base64.ts'
import { verifyCheckpoint, type Checkpoint } from './checkpoint.ts'
import { hashBytes, leafHash, verifyInclusion } from './merkle.ts'

const firstLine = 'c2sp.org/tlog-proof@v1'
// A tree of 2^53 leaves has proofs of 53 hashes.
const hashesMax = 64

/** A proof that stands alone (C2SP tlog-proof): the path of one entry, and the checkpoint that it leads to. */
export interface Proof {
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed note. */
  readonly checkpoint: string
  /** Opaque and not authenticated: here, the entry itself, so that the proof needs nothing beside it. */
  readonly extra?: Uint8Array
}

export function formatProof(proof: Proof): string {
  const extra = proof.extra === undefined ? [] : [`extra ${toBase64(proof.extra)}`]
  const lines = [firstLine, ...extra, `index ${proof.index}`, ...proof.hashes.map(toBase64)]
  return `${lines.join('\n')}\n\n${proof.checkpoint}`
}

/** Reads a proof, or gives undefined where it is malformed. Nothing is verified yet. */
export function parseProof(text: string): Proof | undefined {
  const edge = text.indexOf('\n\n')
  if (edge < 0) return undefined
  const [first, ...lines] = text.slice(0, edge).split('\n')
  if (first !== firstLine) return undefined
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice(6)) : null
  const [, count] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? []
  const index = count === undefined ? Number.NaN : Number(count)
  const hashes = lines.map(fromBase64)
  const isWhole =
    extra !== undefined &&
    Number.isSafeInteger(index) &&
    hashes.length <= hashesMax &&
    hashes.every(hash => hash?.length === hashBytes)
  if (!isWhole) return undefined
  return {
    index,
    hashes: hashes as Uint8Array[],
    checkpoint: text.slice(edge + 2),
    ...(extra === null ? {} : { extra }),
  }
}

/** The checkpoint under which `entry` is in the log, or undefined where the proof does not show it. */
export async function verifyProof(
  text: string,
  entry: Uint8Array,
  verifier: string,
): Promise<Checkpoint | undefined> {
  const proof = parseProof(text)
  if (proof === undefined) return undefined
  const checkpoint = await verifyCheckpoint(proof.checkpoint, verifier)
  if (checkpoint === undefined) return undefined
  const claim = { ...checkpoint, index: proof.index, leaf: leafHash(entry) }
  return verifyInclusion(claim, proof.hashes) ? checkpoint : undefined
}
