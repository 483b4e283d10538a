import { compareVideo, dihedral, pdq, videoFingerprint, type Pixels } from '@jikimi/fingerprint'
import { syntheticPicture } from '../packages/fingerprint/src/synthetic-picture.ts'
import { textbookPdq } from './fingerprint-textbook.ts'

/*
 * Time of one fingerprint in plain JavaScript, beside the textbook implementation on the same pixels in the
 * same run. Every answer is compared first. Run: node bench/fingerprint.ts
 */

const rounds = 7
const pictures = Array.from({ length: 40 }, (_, seed) => syntheticPicture(seed + 1, 512, 512))

for (const picture of pictures) {
  const [ours, theirs] = [pdq(picture), textbookPdq(picture)]
  if (ours.hash !== theirs.hash || ours.quality !== theirs.quality)
    throw new Error('The two implementations differ.')
}

const each = (hash: (picture: Pixels) => unknown) => () => pictures.forEach(hash)
const [ours, theirs, eight] = interleaved([each(pdq), each(textbookPdq), each(dihedral)], pictures.length)
console.log(
  `512 × 512 RGBA, ${pictures.length} synthetic pictures, same bits and quality from both, median of ${rounds}`,
)
print('pdq', ours!, theirs!)
print('dihedral (eight fingerprints)', eight!, theirs!)
print('textbook', theirs!, theirs!)

const rgb: Pixels = { ...pictures[0]!, channels: 3, data: pictures[0]!.data.filter((_, i) => i % 4 !== 3) }
const large = syntheticPicture(9, 4000, 3000)
const [ofRgb, ofLarge] = interleaved([() => pdq(rgb), () => pdq(large)], 1)
console.log(
  `512 × 512 RGB ${ofRgb!.toFixed(3)} ms · 4000 × 3000 RGBA ${ofLarge!.toFixed(3)} ms (profile's reduction included)`,
)

const frames = pictures.map(pdq)
const long = (shift: number) =>
  videoFingerprint(
    Array.from({ length: 600 }, (_, i) => ({ ...frames[(i + shift) % frames.length]!, atMs: i * 1000 })),
    600_000,
  )
const [a, b] = [long(0), long(7)]
const [comparing] = interleaved([() => compareVideo(a, b)], 1)
console.log(`two videos of ten minutes, 600 × 600 frames: ${comparing!.toFixed(1)} ms`)

function print(name: string, ms: number, peerMs: number): void {
  console.log(
    `${name.padEnd(32)} ${ms.toFixed(3).padStart(8)} ms  ${(peerMs / ms).toFixed(1).padStart(6)} × textbook`,
  )
}

/** Median milliseconds of each, taken in turns so that a disturbance of the machine strikes all alike. */
function interleaved(works: readonly (() => unknown)[], perRound: number): number[] {
  for (const work of works) for (let i = 0; i < 3; i++) work()
  const taken = works.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    works.forEach((work, i) => {
      const from = performance.now()
      work()
      taken[i]!.push((performance.now() - from) / perRound)
    })
  }
  return taken.map(times => times.toSorted((x, y) => x - y)[Math.floor(rounds / 2)]!)
}
