/**
 * How much of 63 everyday edits is found again, what unrelated pictures are found wrongly, and what it costs.
 *
 *   node bench/robustness.ts                       a small run, 1 to 2 minutes
 *   node bench/robustness.ts --count 20 --photos FOLDER --others FOLDER --pairs 100000 --dense 2000 --write
 *
 * `--count` generated pictures and as many from `--photos`, a folder of photographs (it stays where it is); `--others`,
 * a folder of pictures for the false matches only; `--pairs` unrelated pairs; `--only recall`
 * or `--only false` does half, `--json FILE` keeps the figures, `--write` puts the table into packages/fingerprint/ROBUSTNESS.md.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { pdq, qualityMin } from '@jikimi/fingerprint'
import { decoded, edited, edits } from './robustness-edits.ts'
import {
  answers,
  asked,
  bankOf,
  costs,
  stored,
  suspected,
  ways,
  type Original,
  type Way,
} from './robustness-measure.ts'
import { hardKinds, hardPicture, kinds, picture, random } from './robustness-pictures.ts'
import { falseTable, recallTable, report, type FalseCount, type Recall } from './robustness-table.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '4' },
    photos: { type: 'string', default: '' },
    others: { type: 'string', default: '' },
    pairs: { type: 'string', default: '1000' },
    // Of the pairs, how many are also compared with all 987 windows: a thousand times the work.
    dense: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
    json: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const count = Number(values.count)

const other = picture('leaves', 987_654)
const allPhotographs = await photographsIn(values.photos)
const photographs = evenly(allPhotographs.filter(isHashable), count)
const others = [
  ...allPhotographs.filter(one => !photographs.includes(one)),
  ...(await photographsIn(values.others)),
]
const generated = Array.from({ length: count * 2 }, (_, i) => generatedPicture(i))
  .filter(isHashable)
  .slice(0, count)
const originals = [...generated, ...photographs]
console.log(
  `${generated.length} generated pictures, ${photographs.length} photographs, ${edits.length} edits`,
)

const held = originals.map(original => stored(original))
// Everything is asked of one bank: the pictures whose copies are looked for among all the unrelated ones.
const all = [...originals, ...others, ...unrelated(Number(values.pairs), originals.length + others.length)]
const rows = [...held, ...all.slice(held.length).map(one => stored(one, false))]
const bank = bankOf(rows)
const recall = values.only === 'false' ? [] : await recallOf()
if (recall.length > 0) console.log(recallTable(recall))
const wrong = await falseOf(values.only === 'recall' ? 0 : Number(values.pairs), Number(values.dense))
console.log(falseTable(wrong))
const taken = costs(originals.slice(0, 40).map(({ pixels }) => pixels))
for (const [step, ms] of Object.entries(taken))
  console.log(`${step.padEnd(28)} ${ms.toFixed(1).padStart(7)} ms`)

if (values.json !== '')
  writeFileSync(
    values.json,
    JSON.stringify({
      recall,
      wrong,
      taken,
      held: held.map(({ light, dense }) => [light.length, dense.length]),
    }),
  )
if (values.write) {
  const file = fileURLToPath(new URL('../packages/fingerprint/ROBUSTNESS.md', import.meta.url))
  const rowsOf = (level: 'light' | 'dense') =>
    Math.round(held.reduce((sum, one) => sum + one[level].length, 0) / held.length)
  writeFileSync(
    file,
    report({
      generated: generated.length,
      photographs: photographs.length,
      recall,
      wrong,
      taken,
      light: rowsOf('light'),
      dense: rowsOf('dense'),
    }),
  )
  console.log(`written: ${file}`)
}

/** PDQ's own rule: below quality 50 a fingerprint is discarded. Such pictures stay among the unrelated ones. */
function isHashable({ pixels }: Original): boolean {
  return pdq(pixels).quality >= qualityMin
}

function generatedPicture(i: number): Original {
  const kind = kinds[i % kinds.length]!
  return { name: `${kind} ${i}`, pixels: picture(kind, i) }
}

/** So many of them, evenly over the list. */
function evenly<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all]
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!)
}

/** Photographs at 512 pixels: what is stored beyond that is reduced by the profile anyway. */
async function photographsIn(folder: string): Promise<Original[]> {
  if (folder === '') return []
  const files = readdirSync(folder).filter(name => /\.(jpe?g|png|webp)$/i.test(name))
  return Promise.all(
    files.toSorted().map(async file => {
      const bytes = await sharp(join(folder, file))
        .rotate()
        .resize(512, 512, { fit: 'inside', withoutEnlargement: true })
        .png()
        .toBuffer()
      return { name: `${basename(folder)} ${file}`, pixels: await decoded(bytes) }
    }),
  )
}

async function recallOf(): Promise<Recall[]> {
  const found: Recall[] = []
  for (const [at, edit] of edits.entries()) {
    const hits = Object.fromEntries(ways.map(way => [way, 0])) as Record<Way, number>
    for (const [i, original] of originals.entries()) {
      const query = asked(await edited(edit, original.pixels, other, i * 64 + at))
      const answer = answers(query, held[i]!, suspected(bank, query).has(original.name))
      for (const way of ways) if (answer[way]) hits[way]++
    }
    found.push({ group: edit.group, name: edit.name, of: originals.length, hits })
    process.stderr.write(`${edit.name}: ${ways.map(way => hits[way]).join(' ')} of ${originals.length}\n`)
  }
  return found
}

/** So many more that each asking all others makes the pairs: hard ones and generated ones in turn. */
function unrelated(pairs: number, there: number): Original[] {
  const wanted = Math.ceil(Math.sqrt(pairs)) + 1
  return Array.from({ length: Math.max(0, wanted - there) }, (_, i) => {
    const kind = hardKinds[i % hardKinds.length]!
    if (i % 2 === 0) return { name: `${kind} ${i}`, pixels: hardPicture(kind, i) }
    return generatedPicture(100_000 + i)
  })
}

/** Asks with every picture, every second one edited, and counts answers from any other picture: all are wrong. */
async function falseOf(pairs: number, densePairs: number): Promise<FalseCount> {
  const next = random(4)
  const made: FalseCount = {
    pairs: 0,
    densePairs: 0,
    hard: 0,
    by: Object.fromEntries(ways.map(way => [way, 0])) as Record<Way, number>,
    said: [],
  }
  for (const [i, original] of pairs > 0 ? all.entries() : []) {
    const copy =
      i % 2 === 0
        ? original.pixels
        : await edited(edits[Math.floor(next() * edits.length)]!, original.pixels, other, i)
    if (i % 20 === 0) process.stderr.write(`asked ${i} of ${rows.length}\n`)
    const query = asked(copy)
    const proposed = suspected(bank, query)
    for (const [k, row] of rows.entries()) {
      if (i === k) continue
      const isDense =
        row.dense.length > 0 &&
        made.densePairs < densePairs &&
        next() < (1.2 * densePairs * rows.length) / (pairs * held.length)
      const answer = answers(query, row, proposed.has(row.name), isDense)
      made.pairs++
      if (isDense) made.densePairs++
      if (isHard(original) || isHard(row)) made.hard++
      for (const way of ways) if (answer[way]) made.by[way]++
      if (answer.all)
        made.said.push(`${original.name} / ${row.name}: ${ways.filter(way => answer[way]).join('; ')}`)
    }
  }
  return made
}

function isHard({ name }: { name: string }): boolean {
  return hardKinds.some(kind => name.startsWith(`${kind} `)) || name.startsWith('page ')
}
