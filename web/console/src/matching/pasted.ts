import { parseVpdq, thinFrames, type VideoFingerprint } from '@jikimi/fingerprint'

/** What was pasted into the field of a look-up. */
export type Pasted =
  | { readonly kind: 'nothing' }
  /** 32, 40 or 64 hex digits. */
  | { readonly kind: 'value'; readonly value: string }
  /** The lines of a film, as vPDQ writes them. */
  | { readonly kind: 'film'; readonly film: VideoFingerprint }
  | { readonly kind: 'wrongValue' }
  /** The first line that is none of a film. */
  | { readonly kind: 'wrongLine'; readonly line: number }

/**
 * Recognises one hash or the lines of a film. A comma tells them apart: hashes have none, a line has two or three; and
 * a hash may have come with spaces and line feeds in it.
 */
export function pastedIn(text: string): Pasted {
  if (text.trim() === '') return { kind: 'nothing' }
  if (text.includes(',')) return filmIn(text)
  const value = text.replaceAll(/\s+/g, '').toLowerCase()
  return /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
    ? { kind: 'value', value }
    : { kind: 'wrongValue' }
}

// What the server takes at once is a megabyte, and a frame is 125 bytes at most. Eight thousand are a film of two hours.
const framesMax = 8000

/** As it is asked for: of a very long film fewer frames, evenly. */
export function askable({ durationMs, frames }: VideoFingerprint): VideoFingerprint {
  return { durationMs, frames: thinFrames(frames, framesMax) }
}

function filmIn(text: string): Pasted {
  const film = filmOf(text)
  if (film !== undefined) return { kind: 'film', film }
  const lines = text.split(/\r?\n/)
  const at = lines.findIndex(line => !isNothing(line) && filmOf(line) === undefined)
  return { kind: 'wrongLine', line: Math.max(0, at) + 1 }
}

const isNothing = (line: string) => line.trim() === '' || line.trim().startsWith('#')

function filmOf(lines: string): VideoFingerprint | undefined {
  try {
    return parseVpdq(lines)
  } catch {
    return undefined
  }
}
