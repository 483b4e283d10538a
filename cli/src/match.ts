import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import {
  distance,
  isFingerprint,
  judge,
  matchDistanceMax,
  parseVpdq,
  reviewDistanceMax,
  turnedFingerprint,
  turns,
  videoMatcher,
  type Turn,
  type Verdict,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { buildIndex, search, type Row } from '@jikimi/fingerprint-index'
import { ending, endWith } from './ending.ts'
import { fingerprintFile } from './picture-file.ts'

interface Options {
  readonly json?: boolean
  readonly bank?: string
  readonly query?: string
  readonly radius: string
}

const radiusMax = 256

export function addMatch(program: Command): void {
  program
    .command('match')
    .description('Compares one picture with others, in all eight turns; or lists of fingerprints with a bank')
    .argument('[file]', 'picture file')
    .argument('[others...]', 'picture files to compare it with')
    .option('--bank <file>', 'lines of id,hash that are searched, or the vPDQ lines of a film')
    .option('--query <file>', 'lines of id,hash that are looked up, or the vPDQ lines of a film')
    .option('--radius <bits>', 'how many of 256 bits may differ, with --bank', String(matchDistanceMax))
    .option('--json', 'print JSON, one line a comparison; with --bank: query, id, distance')
    .addHelpText(
      'after',
      `
match: at most ${matchDistanceMax} of 256 bits differ; review: at most ${reviewDistanceMax}, or a picture too plain to be sure;
none: more. A person decides what is under review. With --bank every pair within the radius is printed, the nearest
first, and a line that cannot be read is reported by its number and left out. Where both files are the lines of one
film, as vPDQ writes them (hash,quality,seconds), it is said where the one runs along the other, mirrored and turned too.

Exit codes: 0 one of them matches or is worth a look; 1 none does, or a line could not be read; 2 wrong words or an
unreadable file.`,
    )
    .action(
      async (file: string | undefined, others: readonly string[], options: Options, command: Command) => {
        const { bank, query } = options
        if (bank !== undefined && query !== undefined && file === undefined) {
          const [known, asked] = [filmIn(bank), filmIn(query)]
          if (known !== undefined && asked !== undefined)
            return matchFilms(known, asked, options.json === true)
          return matchLists({
            bank,
            query,
            radius: radiusOf(options, command),
            isJson: options.json === true,
          })
        }
        if (bank !== undefined || query !== undefined || file === undefined || others.length === 0)
          command.error('Name a picture and others to compare it with, or --bank and --query.', {
            exitCode: 2,
          })
        await matchPictures(file, others, options.json === true)
      },
    )
}

function radiusOf({ radius }: Options, command: Command): number {
  const bits = /^\d{1,3}$/.test(radius) ? Number(radius) : Infinity
  if (bits > radiusMax)
    command.error(`The radius is a number of bits, from 0 to ${radiusMax}.`, { exitCode: 2 })
  return bits
}

async function matchPictures(one: string, others: readonly string[], isJson: boolean): Promise<void> {
  const first = await fingerprintFile(one)
  process.exitCode = ending.badly
  for (const other of others) {
    const second = await fingerprintFile(other)
    const nearest = Object.entries(second.hashes)
      .map(([turn, hash]) => ({ turn: turn as Turn, distance: distance(first.hashes.identity, hash) }))
      .toSorted((a, b) => a.distance - b.distance)[0]!
    const quality = [first.quality, second.quality]
    const verdict = judge(nearest.distance, Math.min(...quality))
    if (verdict !== 'none') process.exitCode = ending.well
    if (isJson) console.log(JSON.stringify({ file: one, other, verdict, ...nearest, quality }))
    else console.log(`${verdict}  ${nearest.distance} of 256 bits differ (${nearest.turn})  ${other}`)
  }
}

/** The film whose vPDQ lines a file holds; undefined where it holds something else. */
function filmIn(path: string): VideoFingerprint | undefined {
  const text = textOf(path)
  try {
    return parseVpdq(text)
  } catch {
    return undefined
  }
}

const rank: Record<Verdict, number> = { match: 0, review: 1, none: 2 }

/** `a` is the film of the bank. Of a film's hashes the turned ones are made, about, from the hashes alone. */
function matchFilms(known: VideoFingerprint, asked: VideoFingerprint, isJson: boolean): void {
  const compare = videoMatcher(known)
  const best = turns
    .map(turn => {
      const frames = asked.frames.map(frame => ({ ...frame, hash: turnedFingerprint(frame.hash, turn) }))
      return { turn, ...compare({ ...asked, frames }) }
    })
    .toSorted(
      (one, other) => rank[one.verdict] - rank[other.verdict] || one.best.distance - other.best.distance,
    )[0]!
  const { verdict, turn, aInB, bInA, run } = best
  process.exitCode = verdict === 'none' ? ending.badly : ending.well
  const { distance: bits } = best.best
  if (isJson) {
    console.log(JSON.stringify({ verdict, turn, distance: bits, aInB, bInA, run: run ?? null }))
    return
  }
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const where =
    run === undefined
      ? ''
      : `  ${seconds(run.bFromMs)}–${seconds(run.bToMs)} s runs along ${seconds(run.aFromMs)}–${seconds(run.aToMs)} s of the bank's, speed ${run.speed}`
  console.log(`${verdict}  ${bits} of 256 bits differ (${turn})${where}`)
}

interface Lists {
  readonly bank: string
  readonly query: string
  readonly radius: number
  readonly isJson: boolean
}

function matchLists({ bank, query, radius, isJson }: Lists): void {
  const [known, asked] = [rowsIn(bank), rowsIn(query)]
  const index = buildIndex(known.rows)
  let hits = 0
  for (const { ref, hash } of asked.rows) {
    for (const hit of search(index, hash, radius)) {
      hits += 1
      const line = { query: ref, id: hit.ref, distance: hit.distance }
      console.log(isJson ? JSON.stringify(line) : `${line.query}  ${line.id}  ${line.distance}`)
    }
  }
  const isWhole = known.isWhole && asked.isWhole
  process.exitCode = hits > 0 && isWhole ? ending.well : ending.badly
}

/** The lines of a list. One that cannot be read is named by its number: what stands in it is repeated nowhere. */
function rowsIn(path: string): { rows: Row<string>[]; isWhole: boolean } {
  const rows: Row<string>[] = []
  let isWhole = true
  for (const [at, text] of textOf(path).split(/\r?\n/).entries()) {
    if (text.trim() === '') continue
    const comma = text.lastIndexOf(',')
    const hash = text
      .slice(comma + 1)
      .trim()
      .toLowerCase()
    if (comma < 1 || !isFingerprint(hash)) {
      console.error(`${path}, line ${at + 1}: not an id and a fingerprint of 64 hexadecimal digits.`)
      isWhole = false
      continue
    }
    rows.push({ ref: text.slice(0, comma).trim(), hash })
  }
  return { rows, isWhole }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return endWith(ending.wrongUse, `${path} cannot be read.`)
  }
}
