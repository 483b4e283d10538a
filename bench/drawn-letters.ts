/*
 * Text as shapes of squares. A machine without fonts draws no text at all, and what an edit does to a picture must
 * not depend on the machine.
 */

/** Five columns of seven squares each, the lowest bit on top. */
const glyphs: Readonly<Record<string, string>> = {
  '0': '3e5149453e',
  '1': '00427f4000',
  '2': '4261514946',
  '3': '2141454b31',
  '4': '1814127f10',
  '7': '0171090503',
  '8': '3649494936',
  '9': '064949291e',
  A: '7e1111117e',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141221c',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e4149497a',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f020c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '4649494931',
  T: '01017f0101',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0708700807',
  Z: '6151494543',
  '.': '0060600000',
  ',': '0050300000',
  ':': '0036360000',
  '-': '0808080808',
}

/** An SVG path of the text; `x` and `y` are its beginning, or its middle, on the base line; `attributes` as they are. */
export function letters(
  text: string,
  x: number,
  y: number,
  size: number,
  attributes: string,
  anchor: 'start' | 'middle' = 'start',
): string {
  // Capitals are as high as in a usual font.
  const square = (size * 0.72) / 7
  const width = text.length * 6 * square
  const from = anchor === 'middle' ? x - width / 2 : x
  const squares = text
    .toUpperCase()
    .split('')
    .flatMap((letter, i) =>
      columnsOf(letter).flatMap((bits, column) =>
        Array.from({ length: 7 }, (_, row) => {
          if (((bits >> row) & 1) === 0) return ''
          const left = from + (i * 6 + column) * square
          const top = y - (7 - row) * square
          return `M${left.toFixed(2)} ${top.toFixed(2)}h${square.toFixed(2)}v${square.toFixed(2)}h-${square.toFixed(2)}z`
        }),
      ),
    )
  return `<path d="${squares.join('')}" ${attributes}/>`
}

function columnsOf(letter: string): number[] {
  if (letter === ' ') return []
  const glyph = glyphs[letter]
  if (glyph === undefined) throw new RangeError(`There is no drawn letter ${letter}.`)
  return Array.from({ length: 5 }, (_, column) =>
    Number.parseInt(glyph.slice(column * 2, column * 2 + 2), 16),
  )
}
