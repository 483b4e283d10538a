import { parseVpdq, type VideoFingerprint } from '@jikimi/fingerprint'
import type { Added, LineFault } from './bank-schema.ts'
import type { Line } from './text-list.ts'

/** A film of a list; `place` is the number of its first line. */
export interface ListedFilm {
  readonly place: number
  readonly video: VideoFingerprint
}

/** As `tail -n +1 *.txt` puts a file's name above its lines. */
const heading = /^==> (.+) <==$/

/**
 * The films of a list in vPDQ's lines, each frame with the name of its film's file before or behind it, or under a
 * heading `==> name <==`; lines without any are one film. The names tell the films apart and go no further: a file's
 * name may name a person.
 */
export function filmsIn(lines: readonly Line[]): {
  films: ListedFilm[]
  unreadable: Added['unreadable']
} {
  const films = new Map<string, { place: number; frames: string[] }>()
  const unreadable: Added['unreadable'] = []
  let under = ''
  for (const { place, text } of lines) {
    const name = heading.exec(text)?.[1]
    if (name !== undefined) {
      under = name
      continue
    }
    const read = frameOf(text)
    if (typeof read === 'string') {
      unreadable.push({ line: place, fault: read })
      continue
    }
    const key = `${under}\n${read.name}`
    const film = films.get(key) ?? { place, frames: [] }
    film.frames.push(read.frame)
    films.set(key, film)
  }
  return {
    films: [...films.values()].map(({ place, frames }) => ({ place, video: parseVpdq(frames.join('\n')) })),
    unreadable,
  }
}

/** A line as the frame that it is and the name beside it, none being the empty one; or what is wrong with it. */
function frameOf(text: string): { name: string; frame: string } | LineFault {
  const parts = text.split(',')
  if (parts.length > 4) {
    // A name may hold commas itself.
    for (const fields of [4, 3]) {
      const [behind, before] = [parts.slice(-fields), parts.slice(0, fields)]
      if (isFrame(behind)) return { name: nameOf(parts.slice(0, -fields)), frame: behind.join(',') }
      if (isFrame(before)) return { name: nameOf(parts.slice(fields)), frame: before.join(',') }
    }
    return faultOf(parts)
  }
  if (isFrame(parts)) return { name: '', frame: text }
  const [behind, before] = [parts.slice(1), parts.slice(0, -1)]
  if (isFrame(behind)) return { name: nameOf(parts.slice(0, 1)), frame: behind.join(',') }
  if (isFrame(before)) return { name: nameOf(parts.slice(-1)), frame: before.join(',') }
  return faultOf(parts)
}

/** `grep -H` writes the name and a colon before the line, and so before the frame's number. */
const nameOf = (parts: readonly string[]) => parts.join(',').trim().replace(/:\d+$/, '')

function isFrame(parts: readonly string[]): boolean {
  if (parts.length < 3) return false
  try {
    parseVpdq(parts.join(','))
    return true
  } catch {
    return false
  }
}

function faultOf(parts: readonly string[]): LineFault {
  const fields = parts.map(part => part.trim())
  const hash = fields.findIndex(part => /^[0-9a-f]{64}$/i.test(part))
  if (hash === -1) return 'value'
  const isQuality = (part: string | undefined) => /^\d{1,3}$/.test(part ?? '') && Number(part) <= 100
  return isQuality(fields[hash - 1]) || isQuality(fields[hash + 1]) ? 'seconds' : 'quality'
}
