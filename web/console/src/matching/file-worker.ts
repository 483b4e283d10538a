/**
 * Makes of a file what banks are asked for, beside the page: its digests, and of a picture the fingerprint in all
 * turns. The file comes by handle and goes nowhere: this worker makes no request but for its own code.
 *
 * @module
 */
import { dihedral, pixelsMax, qualityMin, ready } from '@jikimi/fingerprint'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { FileTask, FileWord, Made } from './file-words.ts'

addEventListener('message', (event: MessageEvent<FileTask>) => {
  madeOf(event.data.file).then(
    made => tell({ kind: 'done', made }),
    () => tell({ kind: 'failed' }),
  )
})

async function madeOf(file: File): Promise<Made> {
  const digests = await digestsOf(file)
  const picture = await pictureOf(file)
  if (picture === undefined) return { values: { digests, turns: [] }, isWeak: false }
  return { values: { digests, ...picture }, isWeak: picture.quality < qualityMin }
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
    tell({ kind: 'progress', share })
  }
  return hashes.map(hash => bytesToHex(hash.digest()))
}

// A canvas of more takes over 256 MB; such a picture is asked for by its digests alone.
const canvasPixelsMax = Math.min(pixelsMax, 64_000_000)

/** Undefined for what is no picture. */
async function pictureOf(file: File): Promise<{ turns: string[]; quality: number } | undefined> {
  if (/^(video|audio)\//.test(file.type)) return undefined
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (bitmap === undefined) return undefined
  const { width, height } = bitmap
  try {
    if (width * height > canvasPixelsMax) return undefined
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (context === null) return undefined
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.drawImage(bitmap, 0, 0)
    await ready()
    const { data } = context.getImageData(0, 0, width, height)
    const { hashes, quality } = dihedral({ width, height, channels: 4, data })
    return { turns: [...new Set(Object.values(hashes))], quality }
  } finally {
    bitmap.close()
  }
}

function tell(word: FileWord): void {
  ;(globalThis as unknown as { postMessage(word: FileWord): void }).postMessage(word)
}
