/**
 * Lists of hashes as text: one plain hash a line, the lines of films as vPDQ writes them, or an entry as JSON a line.
 * What cannot be read is left out and counted.
 *
 * @module
 */
import { refuse } from '#platform/refusals'
import {
  linesMax,
  NewEntry,
  type Added,
  type LineFault,
  type NewImport,
  type NewTextImport,
} from './bank-schema.ts'
import type { Incoming, Value } from './entries.ts'
import { refused } from './errors.ts'
import { filmsIn } from './film-list.ts'

// Where a list does not say how much there was to see, its maker is believed to have looked.
const qualityUnstated = 100
const unreadableShownMax = 20
const digitsOf = { pdq: 64, md5: 32, sha1: 40, sha256: 64 } as const

export interface ReadList extends Pick<Added, 'unreadable' | 'unreadableCount'> {
  readonly incoming: readonly Incoming[]
}

/** Entries of a request. */
export function incomingOf(entries: readonly NewEntry[]): Incoming[] {
  return entries.map(incomingAt)
}

function incomingAt(entry: NewEntry, place: number): Incoming {
  const { algorithm, value, label, source, opinion, confidence, expiresAt } = entry
  const about = { label, source, opinion, confidence, expiresAt }
  if (algorithm !== 'pdq') return { place, algorithm, value: { kind: 'digest', digest: value }, about }
  const quality = entry.quality ?? qualityUnstated
  return { place, algorithm, value: { kind: 'picture', hash: value, quality }, about }
}

/** A line with its number in the text, from 1. */
export interface Line {
  readonly place: number
  readonly text: string
}

/**
 * Reads a list. Blank lines and lines that begin with `#` are nothing, and so is the mark that some programs put
 * before the first.
 * @throws matching.tooManyLines
 */
export function readList(asked: NewImport): ReadList {
  const lines = asked.text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, at) => ({ place: at + 1, text: line.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
  if (lines.length > linesMax) refuse(refused.tooManyLines({ lines: lines.length }))
  const { incoming, bad } = asked.form === 'jsonLines' ? readJson(lines) : readValues(asked, lines)
  return { incoming, unreadable: bad.slice(0, unreadableShownMax), unreadableCount: bad.length }
}

interface Read {
  readonly incoming: readonly Incoming[]
  readonly bad: readonly Added['unreadable'][number][]
}

function readValues(asked: NewTextImport, lines: readonly Line[]): Read {
  const { algorithm, label, source, opinion, confidence, expiresAt } = asked
  const about = { label, source, opinion, confidence, expiresAt }
  const bad: Added['unreadable'] = []
  const incoming: Incoming[] = []
  if (algorithm === 'vpdq') {
    const { films, unreadable } = filmsIn(lines)
    const read = films.map(({ place, video }) => ({
      place,
      algorithm,
      value: { kind: 'video' as const, video },
      about,
    }))
    return { incoming: read, bad: unreadable }
  }
  for (const { place, text } of lines) {
    const read = valueOf(
      algorithm,
      text.split(',').map(part => part.trim().toLowerCase()),
    )
    if (typeof read === 'string') bad.push({ line: place, fault: read })
    else incoming.push({ place, algorithm, value: read, about })
  }
  return { incoming, bad }
}

function readJson(lines: readonly Line[]): Read {
  const bad: Added['unreadable'] = []
  const incoming: Incoming[] = []
  for (const { place, text } of lines) {
    const read = entryOf(text)
    if (typeof read === 'string') bad.push({ line: place, fault: read })
    else incoming.push(incomingAt(read, place))
  }
  return { incoming, bad }
}

function entryOf(text: string): NewEntry | LineFault {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return 'json'
  }
  const { data } = NewEntry.safeParse(read)
  return data ?? 'fields'
}

function valueOf(
  algorithm: Exclude<NewTextImport['algorithm'], 'vpdq'>,
  parts: readonly string[],
): Value | LineFault {
  const [hash = '', quality] = parts
  if (!new RegExp(`^[0-9a-f]{${digitsOf[algorithm]}}$`).test(hash)) return 'value'
  if (algorithm !== 'pdq') return { kind: 'digest', digest: hash }
  const read = quality === undefined ? qualityUnstated : qualityOf(quality)
  return read === undefined ? 'quality' : { kind: 'picture', hash, quality: read }
}

function qualityOf(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined
}
