import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const look = readFileSync(new URL('./look.css', import.meta.url), 'utf8')
const colours = new Map(
  [...look.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(found => [
    found[1]!,
    [found[2]!, found[3]!] as const,
  ]),
)

// WCAG 2.2: 1.4.3 asks 4.5 of text, 1.4.11 and 2.4.13 ask 3 of edges that carry meaning and of the focus ring.
const pairs: readonly (readonly [string, string, number])[] = [
  ...['ground', 'surface', 'sunken'].flatMap(under => [
    ...['ink', 'quiet', 'accent', 'accent-strong', 'good', 'warn', 'bad'].map(
      over => [over, under, 4.5] as const,
    ),
    ...['edge', 'focus'].map(over => [over, under, 3] as const),
  ]),
  ['accent-ink', 'accent', 4.5],
  ['accent-ink', 'accent-strong', 4.5],
  ...['accent', 'good', 'warn', 'bad'].flatMap(name => [
    [name, `${name}-soft`, 4.5] as const,
    ['ink', `${name}-soft`, 4.5] as const,
    ['focus', `${name}-soft`, 3] as const,
  ]),
]

test.each(pairs)('%s on %s has a contrast of at least %d in light and dark', (over, under, least) => {
  for (const theme of [0, 1]) {
    expect(contrast(colours.get(over)![theme]!, colours.get(under)![theme]!)).toBeGreaterThanOrEqual(least)
  }
})

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

/** Relative luminance (WCAG 2.2, glossary). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
