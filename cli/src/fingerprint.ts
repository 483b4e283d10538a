import type { Command } from 'commander'
import { bankWindows, dihedral, profile, type Pixels } from '@jikimi/fingerprint'
import { ending } from './ending.ts'
import { readFile, Unreadable, type Seen } from './picture-file.ts'

interface Options {
  readonly json?: boolean
  readonly dihedral?: boolean
  readonly windows?: boolean
  readonly frames?: boolean
}

export function addFingerprint(program: Command): void {
  program
    .command('fingerprint')
    .description('Prints the fingerprint (PDQ) and quality of pictures, the same bits as portal and server')
    .argument('<files...>', 'picture files: JPEG, PNG, WebP, AVIF, GIF, TIFF')
    .option('--json', 'print JSON, one object a line: file, kind, algorithm, profile, hash, quality')
    .option('--dihedral', 'with --json, all eight turns too')
    .option('--windows', 'with --json, parts of the picture too, as a device sends them')
    .option('--frames', 'with --json, each sampled frame of a moving GIF or WebP')
    .addHelpText(
      'after',
      `
A moving GIF or WebP is a video (vpdq): its hash is that of its best frame. Nothing leaves this machine. Other videos
are not read here; the portal and the server fingerprint them.

Exit codes: 0 all done; 1 a file could not be read, the others are done; 2 wrong words.`,
    )
    .action(async (files: readonly string[], options: Options) => {
      for (const file of files) {
        try {
          const made = fingerprintOf(await readFile(file), options)
          console.log(
            options.json === true
              ? JSON.stringify({ file, ...made })
              : `${made.hash}  ${made.quality}  ${file}`,
          )
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error
          console.error(error.message)
          process.exitCode = ending.badly
        }
      }
    })
}

function fingerprintOf(seen: Seen, options: Options) {
  if (seen.kind === 'picture')
    return { kind: 'picture', algorithm: 'pdq', profile, ...hashed(seen.pixels, options) }
  const frames = seen.frames.map(({ atMs, pixels }) => ({
    atMs,
    ...hashed(pixels, { ...options, windows: false }),
  }))
  const best = frames.reduce((one, other) => (other.quality > one.quality ? other : one))
  return {
    kind: 'video',
    algorithm: 'vpdq',
    profile,
    hash: best.hash,
    quality: best.quality,
    durationMs: seen.durationMs,
    ...(options.frames === true ? { frames } : {}),
  }
}

function hashed(pixels: Pixels, options: Options) {
  const { hashes, quality } = dihedral(pixels)
  const [, ...parts] = options.windows === true ? bankWindows(pixels) : []
  const windows = parts.map(({ window, hash, quality: own }) => ({ ...window, hash, quality: own }))
  return {
    hash: hashes.identity,
    quality,
    ...(options.dihedral === true ? { hashes } : {}),
    ...(options.windows === true ? { windows } : {}),
  }
}
