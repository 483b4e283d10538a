import type { Pixels } from './pixels.ts'

/** A picture made by rule for tests and benches: patches of many sizes over a slope, no two seeds alike. */
export function syntheticPicture(seed: number, width: number, height: number): Pixels {
  let state = Math.imul(seed, 2654435761) >>> 0
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const patches = Array.from({ length: 40 }, () => {
    const size = 0.03 + 0.3 * next() * next()
    return {
      x: next(),
      y: next(),
      rx: size * (0.5 + next()),
      ry: size * (0.5 + next()),
      rgb: [next(), next(), next()],
    }
  })
  const slope = [next() - 0.5, next() - 0.5]
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height]
      const ground = 128 + 120 * (slope[0]! * (u - 0.5) + slope[1]! * (v - 0.5))
      let top: readonly number[] | undefined
      for (const patch of patches) {
        if (((u - patch.x) / patch.rx) ** 2 + ((v - patch.y) / patch.ry) ** 2 < 1) top = patch.rgb
      }
      for (let c = 0; c < 3; c++) data[at + c] = top ? 25 + 205 * top[c]! : ground
      data[at + 3] = 255
    }
  }
  return { width, height, channels: 4, data }
}
