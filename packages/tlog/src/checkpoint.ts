import { fromBase64, toBase64 } from './base64.ts'
import { hashBytes } from './merkle.ts'
import { openNote, signNote } from './note.ts'

/** The head of the log at one size (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

export async function signCheckpoint(checkpoint: Checkpoint, signer: string): Promise<string> {
  return signNote(`${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`, signer)
}

/** The checkpoint that the holder of `verifier` has signed, or undefined where nobody has. */
export async function verifyCheckpoint(note: string, verifier: string): Promise<Checkpoint | undefined> {
  const text = await openNote(note, verifier)
  return text === undefined ? undefined : readText(text)
}

/** What a note claims to be the head, unverified: to find the size that a proof is asked for. */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const edge = note.lastIndexOf('\n\n')
  return edge < 0 ? undefined : readText(note.slice(0, edge + 1))
}

// Extension lines are opaque and allowed; ours has none, and a checkpoint with one is not ours.
function readText(text: string): Checkpoint | undefined {
  const [, origin = '', count = '', written = ''] = /^([^\n]+)\n(0|[1-9]\d*)\n([^\n]+)\n$/.exec(text) ?? []
  const size = Number(count)
  const root = fromBase64(written)
  if (origin === '' || !Number.isSafeInteger(size) || root?.length !== hashBytes) return undefined
  return { origin, size, root }
}
