/**
 * The files that were chosen and how far each is. One worker takes them in turn; taking a file out while it is
 * being read ends that worker, which frees its memory at once.
 *
 * @module
 */
import type { Fault } from '@jikimi/shared/unfit.ts'
import { fingerprintsMax, type ReportedFingerprint } from '../api.ts'
import type { Word } from './messages.ts'
import { openReader } from './reader.ts'

export type FileState =
  | { readonly at: 'waiting' }
  | { readonly at: 'working'; readonly share: number }
  | { readonly at: 'done'; readonly fingerprint: ReportedFingerprint; readonly isWeak: boolean }
  | { readonly at: 'failed'; readonly fault: Fault }

export interface ChosenFile {
  readonly id: number
  readonly name: string
  readonly state: FileState
}

export interface Queue {
  readonly files: () => readonly ChosenFile[]
  /** Takes files in; returns how many were too many. */
  add(chosen: Iterable<File>): number
  remove(id: number): void
  /** Forgets every file and ends the work. */
  stop(): void
}

interface Entry extends ChosenFile {
  readonly sameAs: string
  readonly file: File | undefined
  readonly state: FileState
}

export function openQueue(changed: () => void): Queue {
  let entries: readonly Entry[] = []
  let lastId = 0

  const current = () => entries.find(each => each.state.at === 'working')
  const set = (id: number, state: FileState) => {
    const isOver = state.at === 'done' || state.at === 'failed'
    entries = entries.map(each =>
      each.id === id ? { ...each, state, file: isOver ? undefined : each.file } : each,
    )
    changed()
  }
  const hear = (word: Word) => {
    if (word.id !== current()?.id) return
    set(word.id, stateOf(word))
    if (word.kind !== 'progress') next()
  }
  const reader = openReader(hear)
  const next = () => {
    const entry = entries.find(each => each.state.at === 'waiting')
    if (current() !== undefined || entry?.file === undefined) return
    set(entry.id, { at: 'working', share: 0 })
    reader.read({ id: entry.id, file: entry.file })
  }

  return {
    files: () => entries,
    add(chosen) {
      const { kept, fresh, room } = roomFor(entries, [...chosen])
      const taken = fresh.slice(0, room).map((file): Entry => {
        return { id: ++lastId, name: file.name, sameAs: markOf(file), file, state: { at: 'waiting' } }
      })
      entries = [...kept, ...taken]
      changed()
      next()
      return fresh.length - taken.length
    },
    remove(id) {
      if (current()?.id === id) reader.stop()
      entries = entries.filter(each => each.id !== id)
      changed()
      next()
    },
    stop() {
      reader.stop()
      entries = []
    },
  }
}

function stateOf(word: Word): FileState {
  if (word.kind === 'progress') return { at: 'working', share: word.share }
  if (word.kind === 'failed') return { at: 'failed', fault: word.fault }
  return { at: 'done', fingerprint: word.fingerprint, isWeak: word.isWeak }
}

/** Which files are new, and how many of them fit. A file that failed may be tried again. */
function roomFor(entries: readonly Entry[], files: readonly File[]) {
  const marks = new Set(files.map(markOf))
  const kept = entries.filter(each => each.state.at !== 'failed' || !marks.has(each.sameAs))
  const known = new Set(kept.map(each => each.sameAs))
  const counted = kept.filter(each => each.state.at !== 'failed').length
  return {
    kept,
    fresh: files.filter(file => !known.has(markOf(file))),
    room: Math.max(0, fingerprintsMax - counted),
  }
}

function markOf(file: File): string {
  return `${file.name}\n${file.size}\n${file.lastModified}`
}
