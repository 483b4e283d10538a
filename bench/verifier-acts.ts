/**
 * What the verifier may act on by itself (`mayAct` in server/src/matching/verify.ts): how many verified copies of
 * generated pictures pass, and how many pairs of screens of one app around different pictures do.
 *
 *   node bench/verifier-acts.ts [--screens 80] [--pictures 6]
 */
import { parseArgs } from 'node:util'
import { featuresOf, verifyFeatures, type Features } from '@jikimi/fingerprint'
import { mayAct } from '../server/src/matching/verify.ts'
import { edited, edits } from './robustness-edits.ts'
import { hardPicture, kinds, picture } from './robustness-pictures.ts'

const { values } = parseArgs({
  options: {
    screens: { type: 'string', default: '80' },
    pictures: { type: 'string', default: '6' },
  },
})

const screens = Array.from({ length: Number(values.screens) }, (_, i) =>
  featuresOf(hardPicture('screen', 2000 + i)),
)
const pairs = screens.flatMap((one, i) => screens.slice(0, i).map(other => [one, other] as const))
const originals = kinds.slice(0, Number(values.pictures)).map((kind, i) => picture(kind, 300 + i))

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
