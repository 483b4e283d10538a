import { closeSync, openSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { rolldown } from 'rolldown'
import sharp from 'sharp'
import { syntheticPicture } from '../../../../packages/fingerprint/src/synthetic-picture.ts'
import type * as Film from './film.ts'

export interface MadeFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A made picture as a PNG file, and its pixels. */
export async function madePicture(seed: number, width: number, height: number, name = `made-${seed}.png`) {
  const { data, channels } = syntheticPicture(seed, width, height)
  const buffer = await sharp(data, { raw: { width, height, channels } }).png().toBuffer()
  const decoded = await sharp(buffer).removeAlpha().raw().toBuffer()
  return {
    file: { name, mimeType: 'image/png', buffer } satisfies MadeFile,
    pixels: { width, height, channels: 3 as const, data: decoded },
  }
}

/** A made film of some seconds, filmed by the browser itself. */
export async function madeFilm(browser: Browser, seconds: number, name = 'made.webm'): Promise<MadeFile> {
  const isMp4 = name.endsWith('.mp4')
  const page = await browser.newPage()
  // A page of this machine: only there is an encoder given.
  await page.route('http://localhost/', route =>
    route.fulfill({ contentType: 'text/html', body: '<p>film</p>' }),
  )
  await page.goto('http://localhost/')
  const input = fileURLToPath(new URL('./film.ts', import.meta.url))
  await using build = await rolldown({ input, platform: 'browser' })
  const { output } = await build.generate({ format: 'iife', name: 'film', codeSplitting: false })
  await page.addScriptTag({ content: output[0].code })
  const base64 = await page.evaluate(
    async ([length, asMp4]) => {
      const { film } = globalThis as unknown as { film: typeof Film }
      return film.shoot(length, asMp4)
    },
    [seconds, isMp4] as const,
  )
  await page.close()
  return { name, mimeType: isMp4 ? 'video/mp4' : 'video/webm', buffer: Buffer.from(base64, 'base64') }
}

/**
 * Writes an MP4 file with a hole of so many bytes between its pictures and the list of them, as a camera leaves that
 * reserves room. On a disk that knows holes it takes no room.
 */
export function writeWithHole(path: string, mp4: Buffer, holeBytes: number): void {
  let contents = 0
  while (mp4.toString('latin1', contents + 4, contents + 8) !== 'moov') {
    const size = mp4.readUInt32BE(contents)
    contents += size === 1 ? Number(mp4.readBigUInt64BE(contents + 8)) : size
  }
  const hole = Buffer.alloc(16)
  hole.writeUInt32BE(1)
  hole.write('free', 4, 'latin1')
  hole.writeBigUInt64BE(BigInt(holeBytes), 8)
  const file = openSync(path, 'w')
  try {
    writeSync(file, mp4.subarray(0, contents), 0, contents, 0)
    writeSync(file, hole, 0, hole.length, contents)
    writeSync(file, mp4.subarray(contents), 0, mp4.length - contents, contents + holeBytes)
  } finally {
    closeSync(file)
  }
}
