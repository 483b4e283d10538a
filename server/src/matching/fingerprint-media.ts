import {
  dihedral,
  pixelsMax as hashedPixelsMax,
  profile,
  queryForms,
  type Dihedral,
  type Pixels,
  type QueryForm,
} from '@jikimi/fingerprint'
import sharp, { type Metadata } from 'sharp'
import { fileKind } from '#evidence'
import { openFilm, type Film, type FilmFrame, type FilmPart } from '#platform/film'
import type { Log } from '#platform/log'
import type { World } from '#platform/world'
import { animationFingerprint } from './animation.ts'
import { pixelsOf, picturePixelsMax, type Decoded } from './pixels-of.ts'

/** A picture or video found somewhere, with all eight turns: a mirrored copy lies near one of them. */
export type MediaFingerprint =
  | ({
      readonly kind: 'picture'
      readonly profile: string
      /** The file ends early: what there is of it was read. */
      readonly isPartial: boolean
      /** Everything to look up: turns, negative, without its border, parts of it. */
      readonly forms: readonly QueryForm[]
    } & Dihedral)
  | {
      readonly kind: 'video'
      readonly profile: string
      /** Only the key frames were read, or the first pages. */
      readonly isPartial: boolean
      readonly durationMs: number
      readonly frames: readonly FilmFrame[]
      /** Places of the picture that may show another film: within a border, beside another one, in a corner. */
      readonly parts?: readonly FilmPart[]
    }

interface Eye {
  readonly world: World
  readonly log?: Log
}

/**
 * The fingerprint of a picture or video; undefined for what is neither, cannot be decoded, or says of itself that
 * it is too large. The file's own first bytes say what it is; what its server calls it counts only where they say
 * nothing. Of a video the key frames are read first; where `isEnough` says that they suffice, nothing more is.
 * @param time for which videos may be read
 */
export async function fingerprintMedia(
  eye: Eye,
  media: { contentType: string; bytes: Uint8Array },
  isEnough?: (glance: MediaFingerprint) => Promise<boolean>,
  time = timeOfFile,
): Promise<MediaFingerprint | undefined> {
  await using reader = mediaReader(eye, { isEnough, time })
  return reader.read(media)
}

/** Milliseconds for which videos may be read, all files of a reader together. */
export interface ReadingTime {
  /** Every frame: when they are over, key frames answer alone. */
  readonly wholeMs: number
  /** Key frames: when they are over, videos are left unread, and counted. */
  readonly glanceMs: number
}

/** Together below the 900 s that an examination has, with time left to compare. */
export const timeOfCapture: ReadingTime = { wholeMs: 360_000, glanceMs: 240_000 }
/** Less is none: no film is opened in it, and a timer may end by that much early. */
const spentMs = 50
const timeOfFile: ReadingTime = { wholeMs: 240_000, glanceMs: 240_000 }

export interface MediaReader extends AsyncDisposable {
  /** Videos of which nothing is known because the time was over. */
  readonly unread: number
  read(media: { contentType: string; bytes: Uint8Array }): Promise<MediaFingerprint | undefined>
}

interface Reading {
  readonly isEnough?: ((glance: MediaFingerprint) => Promise<boolean>) | undefined
  readonly time: ReadingTime
}

/** Reads one file after the other; the browser for videos starts with the first of them and serves all. */
export function mediaReader(eye: Eye, { isEnough, time }: Reading): MediaReader {
  let film: Film | undefined
  let unread = 0
  const left = { ...time }
  const close = async () => {
    await film?.[Symbol.asyncDispose]()
    film = undefined
  }
  /** What `work` gives within what is left, and the time that it took is taken off. */
  const within = async <T>(key: keyof ReadingTime, work: (withinMs: number) => Promise<T>) => {
    if (left[key] < spentMs) return undefined
    const from = performance.now()
    const made = await work(left[key])
    left[key] -= performance.now() - from
    return made
  }
  return {
    get unread() {
      return unread
    },
    async read({ contentType, bytes }) {
      const kind = fileKind(bytes) ?? contentType
      if (kind.startsWith('image/')) return pictureOrAnimation(bytes)
      if (!kind.startsWith('video/')) return undefined
      const opened = (film ??= await openFilm(eye.world.config, { log: eye.world.log }))
      const glance = await within('glanceMs', ms => opened.glance(bytes, ms))
      if (glance === undefined && left.glanceMs < spentMs) unread++
      const first = glance && ({ kind: 'video', profile, isPartial: true, ...glance } as const)
      if (first !== undefined && (await isEnough?.(first)) === true) return first
      const reading = first && (await within('wholeMs', ms => opened.fingerprint(bytes, ms)))
      // A file may take its page down, or be given up: the next one gets a fresh browser.
      if (reading === undefined) await close()
      return reading === undefined ? first : { kind: 'video', profile, isPartial: false, ...reading }
    },
    [Symbol.asyncDispose]: close,
  }
}

async function pictureOrAnimation(bytes: Uint8Array): Promise<MediaFingerprint | undefined> {
  const said = await saidOf(bytes)
  if (said === undefined) return undefined
  if (isAnimated(said)) return animationFingerprint(bytes, said)
  const decoded = await pixelsOf(bytes, said)
  return decoded === undefined ? undefined : pictureFingerprint(decoded)
}

/** The pixels of a picture as it is seen, over white; undefined for what cannot be decoded, moves, or is no picture. */
export async function stillPixels(bytes: Uint8Array): Promise<Pixels | undefined> {
  const said = await saidOf(bytes)
  if (said === undefined || isAnimated(said)) return undefined
  return (await pixelsOf(bytes, said))?.overWhite
}

function isAnimated({ format, pages }: Metadata): boolean {
  return (format === 'gif' || format === 'webp') && (pages ?? 1) > 1
}

/** What the file's head says, before anything is decoded; undefined where it says nothing or too much. */
async function saidOf(bytes: Uint8Array): Promise<Metadata | undefined> {
  try {
    const said = await sharp(bytes, { limitInputPixels: false, failOn: 'none' }).metadata()
    // A few kilobytes may claim gigabytes. Of an animation one page counts here.
    return said.width * (said.pageHeight ?? said.height) > Math.min(picturePixelsMax, hashedPixelsMax)
      ? undefined
      : said
  } catch {
    return undefined
  }
}

/**
 * As the portal prepares it: turned as its camera says, over white; the profile's own reduction follows. Where it
 * is see-through it may have been seen over black too, and is looked up in both.
 */
function pictureFingerprint({ overWhite, overBlack, isPartial }: Decoded): MediaFingerprint {
  const others: readonly Pixels[] = overBlack === undefined ? [] : [overBlack]
  const forms = [overWhite, ...others].flatMap(pixels => queryForms(pixels, 'wide'))
  return { kind: 'picture', profile, isPartial, ...dihedral(overWhite), forms }
}
