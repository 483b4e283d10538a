/**
 * Whether the verifier could act without a person: how many verified copies of generated pictures pass bounds above
 * its own, and how many pairs of screens of one app around different pictures do. The bounds were chosen on seed 0.
 *
 *   node bench/verifier-acts.ts [--screens 80] [--pictures 6] [--seed 0]
 */
import { parseArgs } from 'node:util'
import { featuresOf, verifyFeatures, type Features, type Verified } from '@jikimi/fingerprint'
import { edited, edits } from './robustness-edits.ts'
import { hardPicture, kinds, picture } from './robustness-pictures.ts'

const { values } = parseArgs({
  options: {
    screens: { type: 'string', default: '80' },
    pictures: { type: 'string', default: '6' },
    seed: { type: 'string', default: '0' },
  },
})

const seed = Number(values.seed)
const screens = Array.from({ length: Number(values.screens) }, (_, i) =>
  featuresOf(hardPicture('screen', seed + 2000 + i)),
)
const pairs = screens.flatMap((one, i) => screens.slice(0, i).map(other => [one, other] as const))
const originals = kinds.slice(0, Number(values.pictures)).map((kind, i) => picture(kind, seed + 300 + i))

tell('pairs of screens of one app', pairs)
const copies: (readonly [Features, Features])[] = []
for (const edit of edits)
  for (const [i, pixels] of originals.entries()) {
    const copy = await edited(edit, pixels, originals[(i + 1) % originals.length]!, i)
    copies.push([featuresOf(copy), featuresOf(pixels)])
  }
tell(`copies by ${edits.length} edits`, copies)

function tell(what: string, all: readonly (readonly [Features, Features])[]): void {
  let [same, acts] = [0, 0]
  for (const [one, other] of all) {
    const verified = verifyFeatures(one, other)
    if (verified.isSame) same += 1
    if (mayAct(verified, one, other)) acts += 1
  }
  console.log(`${all.length} ${what}: ${same} verified, ${acts} of them act`)
}

/** Twenty places, four fields that agree for one that does not, and neither picture mostly empty. */
function mayAct(verified: Verified, one: Features, other: Features): boolean {
  const { isSame, inliers, agreeing, contradicting } = verified
  const isEmpty = Math.max(one.emptiness, other.emptiness) > 0.5
  return isSame && !isEmpty && inliers >= 20 && agreeing >= 0.8 * (agreeing + contradicting)
}
