import type { Pixels } from './pixels.ts'
import { syntheticPicture } from './synthetic-picture.ts'

/** Patches with grain of three sizes on them: smooth patches alone have fewer corners than any photograph. */
export function grainedPicture(seed: number, width: number, height: number): Pixels {
  const picture = syntheticPicture(seed, width, height)
  const grain = (x: number, y: number, size: number) => {
    let hash =
      Math.imul(Math.floor(x / size) * 73_856_093 + seed, 19_349_663) ^
      Math.imul(Math.floor(y / size) + size, 83_492_791)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5
  }
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const step = 24 * grain(x, y, 31) + 34 * grain(x, y, 13) + 20 * grain(x, y, 5)
      for (let c = 0; c < 3; c++) picture.data[at + c]! += step
    }
  }
  return picture
}

/** Copies changed by rule for tests: RGBA in, RGBA out. Width and height of the copy and where each pixel comes from. */
function taken(
  from: Pixels,
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number],
  ground = 0,
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const [u, v] = at(x, y)
      const isInside = u >= 0 && v >= 0 && u < from.width && v < from.height
      const source = (v * from.width + u) * 4
      for (let c = 0; c < 3; c++) data[to + c] = isInside ? from.data[source + c]! : ground
      data[to + 3] = 255
    }
  }
  return { width, height, channels: 4, data }
}

export function mirroredCopy(of: Pixels): Pixels {
  return taken(of, of.width, of.height, (x, y) => [of.width - 1 - x, y])
}

export function turnedRight(of: Pixels): Pixels {
  return taken(of, of.height, of.width, (x, y) => [y, of.height - 1 - x])
}

/** Pixels cut from each side. */
export function croppedCopy(of: Pixels, left: number, top: number, right: number, bottom: number): Pixels {
  return taken(of, of.width - left - right, of.height - top - bottom, (x, y) => [x + left, y + top])
}

export function framedCopy(of: Pixels, rim: number, ground: number): Pixels {
  return taken(of, of.width + rim * 2, of.height + rim * 2, (x, y) => [x - rim, y - rim], ground)
}

export function negativeCopy(of: Pixels): Pixels {
  return { ...of, data: of.data.map((value, i) => (i % 4 === 3 ? value : 255 - value)) }
}

/** Turned about the centre by some degrees, corners black, canvas grown. */
export function tiltedCopy(of: Pixels, degrees: number): Pixels {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const width = Math.round(of.width * cos + of.height * Math.abs(sin))
  const height = Math.round(of.height * cos + of.width * Math.abs(sin))
  return taken(of, width, height, (x, y) => {
    const [u, v] = [x - width / 2, y - height / 2]
    return [Math.floor(of.width / 2 + u * cos + v * sin), Math.floor(of.height / 2 - u * sin + v * cos)]
  })
}

/** Laid into a white page with dark lines of text above and below. */
export function pageWith(of: Pixels): Pixels {
  const [width, height] = [of.width + 60, of.height + 300]
  const page = taken(of, width, height, (x, y) => [x - 30, y - 120], 250)
  for (let y = 0; y < height; y++) {
    if (y % 24 >= 9 || (y >= 100 && y <= of.height + 150)) continue
    for (let x = 40; x < width - 80; x++) {
      if ((x * 7 + Math.floor(y / 24) * 13) % 11 <= 3) continue
      page.data.fill(30, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return page
}
