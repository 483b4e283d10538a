/**
 * Makes of a file what banks are asked for, beside the page: its digests, of a picture the fingerprint in all turns,
 * of a film that of its frames. The file comes by handle and goes nowhere: this worker makes no request but for its
 * own code.
 *
 * @module
 */
import { dihedral, qualityMin, ready, type VideoFingerprint } from '@jikimi/fingerprint'
import { rasterOf } from '@jikimi/shared/raster.ts'
import { faultOf, Unfit } from '@jikimi/shared/unfit.ts'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { FileTask, FileWord, Made } from './file-words.ts'
import { askable } from './pasted.ts'

addEventListener('message', (event: MessageEvent<FileTask>) => {
  madeOf(event.data.file).then(
    made => tell({ kind: 'done', made }),
    () => tell({ kind: 'failed' }),
  )
})

async function madeOf(file: File): Promise<Made> {
  const digests = await digestsOf(file)
  try {
    return await seenIn(file, digests)
  } catch (error) {
    return { asked: { file: { digests, turns: [] } }, note: faultOf(error) }
  }
}

async function seenIn(file: File, digests: string[]): Promise<Made> {
  if (file.type.startsWith('video/')) return filmOf(digests, await filmIn(file))
  if (file.type.startsWith('audio/')) throw new Unfit('unreadable')
  const { animationFingerprint, animationTypeOf } = await import('@jikimi/shared/animation-file.ts').catch(
    notLoaded,
  )
  const type = await animationTypeOf(file)
  if (type !== undefined) {
    const film = await unlessStalled(told => animationFingerprint(file, type, told))
    if (film !== undefined) return filmOf(digests, film)
  }
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (bitmap !== undefined) {
    const mayMove = type !== undefined && typeof ImageDecoder === 'undefined'
    return pictureOf(digests, bitmap, mayMove)
  }
  if (file.type.startsWith('image/')) throw new Unfit('unreadable')
  // A name without a known ending: what is no picture may be a film.
  return filmOf(digests, await filmIn(file))
}

/** By streams: WebCrypto takes a file only as a whole, and knows no MD5, of which most lists are made. */
async function digestsOf(file: File): Promise<string[]> {
  const hashes = [md5.create(), sha1.create(), sha256.create()]
  const reader = file.stream().getReader()
  let [bytes, told] = [0, 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    for (const hash of hashes) hash.update(value)
    bytes += value.length
    const share = bytes / file.size
    if (share - told < 0.01) continue
    told = share
    tell({ kind: 'progress', stage: 'digests', share })
  }
  return hashes.map(hash => bytesToHex(hash.digest()))
}

async function pictureOf(digests: string[], bitmap: ImageBitmap, mayMove: boolean): Promise<Made> {
  try {
    const { width, height } = bitmap
    const pixels = rasterOf({
      width,
      height,
      draw: (context, top, rows) => context.drawImage(bitmap, 0, top, width, rows, 0, 0, width, rows),
    })
    await ready()
    const { hashes, quality } = dihedral(pixels)
    const turns = [...new Set(Object.values(hashes))]
    const note = quality < qualityMin ? 'weakPicture' : mayMove ? 'firstPage' : null
    return { asked: { file: { digests, turns, quality } }, note }
  } finally {
    bitmap.close()
  }
}

function filmOf(digests: string[], film: VideoFingerprint): Made {
  const isWeak = film.frames.every(frame => frame.quality < qualityMin)
  return { asked: { film: askable(film), digests }, note: isWeak ? 'weakFilm' : null }
}

async function filmIn(file: File): Promise<VideoFingerprint> {
  // Half a megabyte of demuxers is fetched only where someone has a film.
  const { filmFingerprint } = await import('@jikimi/shared/film-file.ts').catch(notLoaded)
  return unlessStalled(told => filmFingerprint(file, told))
}

function notLoaded(cause: unknown): never {
  throw new Unfit('notLoaded', cause)
}

// A decoder may hang on a broken film for good, and a long one with far-apart key frames takes seconds a look.
const stalledAfterMs = 90_000

/** The work, given up where nothing was heard of it for so long. */
function unlessStalled<T>(work: (told: (share: number) => void) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => reject(new Unfit('stalled')), stalledAfterMs)
    }
    const told = (share: number) => {
      wait()
      tell({ kind: 'progress', stage: 'film', share })
    }
    told(0)
    work(told)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

function tell(word: FileWord): void {
  ;(globalThis as unknown as { postMessage(word: FileWord): void }).postMessage(word)
}
