import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import {
  distance,
  isFingerprint,
  judge,
  matchDistanceMax,
  reviewDistanceMax,
  type Turn,
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
    .option('--bank <file>', 'lines of id,hash that are searched')
    .option('--query <file>', 'lines of id,hash that are looked up')
    .option('--radius <bits>', 'how many of 256 bits may differ, with --bank', String(matchDistanceMax))
    .option('--json', 'print JSON, one line a comparison; with --bank: query, id, distance')
    .addHelpText(
      'after',
      `
match: at most ${matchDistanceMax} of 256 bits differ; review: at most ${reviewDistanceMax}, or a picture too plain to be sure;
none: more. A person decides what is under review. With --bank every pair within the radius is printed, the nearest
first, and a line that cannot be read is reported by its number and left out.

Exit codes: 0 one of them matches or is worth a look; 1 none does, or a line could not be read; 2 wrong words or an
unreadable file.`,
    )
    .action(
      async (file: string | undefined, others: readonly string[], options: Options, command: Command) => {
        const { bank, query } = options
        if (bank !== undefined && query !== undefined && file === undefined)
          return matchLists({
            bank,
            query,
            radius: radiusOf(options, command),
            isJson: options.json === true,
          })
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
