import { dihedral, pixelsMax as hashedPixelsMax, profile, type Dihedral } from '@jikimi/fingerprint'
import sharp from 'sharp'
import { fileKind } from '#evidence'
import { openFilm, type Film, type FilmFrame } from '#platform/film'
import type { Log } from '#platform/log'
import type { World } from '#platform/world'

/** A picture or video found somewhere, with all eight turns: a mirrored copy lies near one of them. */
export type MediaFingerprint =
  | ({ readonly kind: 'picture'; readonly profile: string } & Dihedral)
  | {
      readonly kind: 'video'
      readonly profile: string
      readonly durationMs: number
      readonly frames: readonly FilmFrame[]
    }

// A decoded picture of this size takes 300 MB for a moment; phones make no larger ones.
export const picturePixelsMax = Math.min(100_000_000, hashedPixelsMax)

interface Eye {
  readonly world: World
  readonly log?: Log
}

/**
 * The fingerprint of a picture or video; undefined for what is neither, or cannot be decoded. The file's own
 * first bytes say what it is; what its server calls it counts only where they say nothing.
 */
export async function fingerprintMedia(
  eye: Eye,
  media: { contentType: string; bytes: Uint8Array },
): Promise<MediaFingerprint | undefined> {
  await using reader = mediaReader(eye)
  return reader.read(media)
}

export interface MediaReader extends AsyncDisposable {
  read(media: { contentType: string; bytes: Uint8Array }): Promise<MediaFingerprint | undefined>
}

/** Reads one file after the other; the browser for videos starts with the first of them and serves all. */
export function mediaReader(eye: Eye): MediaReader {
  let film: Film | undefined
  return {
    async read({ contentType, bytes }) {
      const kind = fileKind(bytes) ?? contentType
      if (kind.startsWith('image/')) return pictureFingerprint(bytes)
      if (!kind.startsWith('video/')) return undefined
      film ??= await openFilm(eye.world.config, { log: eye.world.log })
      const reading = await film.fingerprint(bytes)
      // A file may take its page down: the next one gets a fresh browser.
      if (reading === undefined) {
        await film[Symbol.asyncDispose]()
        film = undefined
        return undefined
      }
      return { kind: 'video', profile, ...reading }
    },
    async [Symbol.asyncDispose]() {
      await film?.[Symbol.asyncDispose]()
    },
  }
}

/** As the portal prepares it: turned as its camera says, over white; the profile's own reduction follows. */
async function pictureFingerprint(bytes: Uint8Array): Promise<MediaFingerprint | undefined> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: picturePixelsMax })
      .rotate()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const { width, height } = info
    const channels = info.channels === 2 ? 1 : info.channels
    return { kind: 'picture', profile, ...dihedral({ width, height, channels, data }) }
  } catch {
    return undefined
  }
}
