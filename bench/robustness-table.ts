import { ways, type Way } from './robustness-measure.ts'

/** Of one edit: how many of the copies each way found. */
export interface Recall {
  readonly group: string
  readonly name: string
  readonly of: number
  readonly hits: Readonly<Record<Way, number>>
}

export interface FalseCount {
  pairs: number
  densePairs: number
  /** Pairs with at least one flat, template, screen, chat or page picture. */
  hard: number
  readonly by: Record<Way, number>
  /** Each wrong answer by its pictures' names. */
  readonly said: string[]
}

const share = (hits: number, of: number) => String(Math.round((hits * 1000) / of) / 10)
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** One line an edit, then the mean and the worst of all. */
export function recallTable(recall: readonly Recall[]): string {
  const lines = recall.map(({ name, hits, of }) => row([name, ...ways.map(way => share(hits[way], of))]))
  const shares = (way: Way) => recall.map(({ hits, of }) => (hits[way] * 100) / of)
  const mean = ways.map(way => (shares(way).reduce((sum, one) => sum + one, 0) / recall.length).toFixed(1))
  const worst = ways.map(way => Math.min(...shares(way)).toFixed(1))
  return [
    row(['edit', ...ways]),
    row(['---', ...ways.map(() => '--:')]),
    ...lines,
    row(['**mean**', ...mean.map(one => `**${one}**`)]),
    row(['worst', ...worst]),
  ].join('\n')
}

export function falseTable({ pairs, densePairs, hard, by, said }: FalseCount): string {
  return [
    `${pairs.toLocaleString('en')} unrelated pairs, ${hard.toLocaleString('en')} of them with a flat, template, screen, chat or page picture; ${densePairs.toLocaleString('en')} also against all windows. Wrong answers:`,
    '',
    row(ways),
    row(ways.map(() => '--:')),
    row(ways.map(way => String(by[way]))),
    ...(said.length > 0 ? ['', ...said.slice(0, 40).map(one => `- ${one}`)] : []),
  ].join('\n')
}

interface Measured {
  readonly generated: number
  readonly photographs: number
  readonly recall: readonly Recall[]
  readonly wrong: FalseCount
  readonly taken: Readonly<Record<string, number>>
  /** Rows kept of a picture. */
  readonly light: number
  readonly dense: number
}

/** The whole of ROBUSTNESS.md. */
export function report({ generated, photographs, recall, wrong, taken, light, dense }: Measured): string {
  return `# How much is found again

Written by \`node bench/robustness.ts --count ${generated} --photos FOLDER --others FOLDER --pairs ${wrong.pairs} --dense ${wrong.densePairs} --write\`; do not edit by hand.

${generated} generated pictures (landscapes, textures, dead leaves, portrait-like shapes, Julia sets, rooms, pages of text; \`bench/robustness-pictures.ts\`) and ${photographs} photographs and paintings from packages of Debian (python3-skimage, python3-sklearn, gnome-backgrounds, mate-backgrounds, lomiri-wallpapers, plasma-workspace-wallpapers, ukui-wallpapers) (CC0, CC BY, CC BY-SA, LGPL), which are not in this repository. All have a PDQ quality of 50 or more; duller ones are only among the unrelated pairs. Each goes through 63 edits (\`bench/robustness-edits.ts\`) and is saved again as JPEG of quality 85. Figures are recall in per cent.

- **plain**: one fingerprint against one, distance 31 and 60.
- **query side**: \`queryForms(…, 'wide')\` against the whole of the stored picture: what can be had from lists of fingerprints.
- **+ light**: against the 33 windows of a stored picture; **+ dense**: against all levels of windows as well.
- **verifier**: pictures proposed, out of all that the bench holds, by \`suspects\` or by a match, compared by \`verifyFeatures\`.
- **acts**: the strong tier (31 bits, or 23 for what is mostly empty) or verified. Without it: the review tier too.

${recallTable(recall)}

## Wrong answers

${falseTable(wrong)}

## What it costs

Plain JavaScript, pictures of 512 pixels, median, on a shared machine of two cores that did other work too.

| step | ms |
| --- | --: |
${Object.entries(taken)
  .map(([step, ms]) => row([step, ms.toFixed(1)]))
  .join('\n')}

A stored picture: 32 bytes with \`pdq\` alone; ${light} rows = ${(light * 32) / 1024} KB of fingerprints with light windows (empty and dull ones are left out); ${dense} rows = ${Math.round((dense * 32) / 1024)} KB with all levels; features 15.2 KB, and 32 KB in the memory of \`featureBank\`.
`
}
