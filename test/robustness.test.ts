/**
 * A small, fixed part of the robustness table, with floors. The whole: node bench/robustness.ts
 */
import { expect, test } from 'vitest'
import { edited, edits } from '../bench/robustness-edits.ts'
import { answers, asked, bankOf, stored, suspected } from '../bench/robustness-measure.ts'
import { hardKinds, hardPicture, picture } from '../bench/robustness-pictures.ts'

const originals = (['leaves', 'landscape', 'portrait'] as const).map((kind, i) => ({
  name: kind,
  pixels: picture(kind, i + 40),
}))
const held = originals.map(original => stored(original, false))
const bank = bankOf(held)
const other = picture('texture', 5)

/** Edits, and what must find them: the strong tier with light windows, the verifier, or any tier for a look. */
const chosen: readonly [name: string, by: '+ light, acts' | 'light + verifier, acts' | 'light + verifier'][] =
  [
    ['JPEG 10', '+ light, acts'],
    ['colours inverted', '+ light, acts'],
    ['mirrored', '+ light, acts'],
    ['tilted 8°, black corners', '+ light, acts'],
    ['tilted 10°, corners cut', 'light + verifier, acts'],
    ['centre crop 20 %', '+ light, acts'],
    ['any place, 60–95 % each way', 'light + verifier, acts'],
    ['coloured frame 10 %', '+ light, acts'],
    ['emoji 15 %', 'light + verifier'],
    ['9:16 over its blurred copy', '+ light, acts'],
    ['screenshot of a phone', '+ light, acts'],
    ['two side by side', '+ light, acts'],
    ['filmed off a screen', 'light + verifier, acts'],
  ]

test.each(chosen)('%s is found again', async (name, by) => {
  const edit = edits.find(one => one.name === name)!
  for (const [i, original] of originals.entries()) {
    const query = asked(await edited(edit, original.pixels, other, i + 1))
    const answer = answers(query, held[i]!, suspected(bank, query).has(original.name), false)
    expect(answer[by], original.name).toBe(true)
  }
})

test('plain fingerprints find less than half of the chosen edits: the forms and windows are what finds them', async () => {
  const found = await Promise.all(
    chosen.map(async ([name]) => {
      const query = asked(
        await edited(
          edits.find(one => one.name === name)!,
          originals[0]!.pixels,
          other,
          1,
        ),
      )
      return answers(query, held[0]!, false, false)['plain ≤ 31']
    }),
  )
  expect(found.filter(Boolean).length).toBeLessThan(chosen.length / 2)
})

test.each(hardKinds)('two pictures of the kind "%s" are not taken for the same', kind => {
  const rows = [1, 2, 3].map(seed =>
    stored({ name: `${kind} ${seed}`, pixels: hardPicture(kind, seed) }, false),
  )
  const near = bankOf(rows)
  const query = asked(hardPicture(kind, 9))
  for (const row of rows) {
    const answer = answers(query, row, suspected(near, query).has(row.name), false)
    expect(answer['light + verifier, acts']).toBe(false)
  }
})

test('there are 63 edits, each with a name of its own', () => {
  expect(new Set(edits.map(({ name }) => name)).size).toBe(63)
})
