import { gridSide } from './box-filter.ts'

const fround = Math.fround

/** The quality, and the range it could have if no value of the grid is off by more than `drift`. */
export interface Quality {
  readonly quality: number
  readonly isCertain: boolean
}

/**
 * The reference's measure of how much there is to see: steps between neighbours of the 64 × 64 grid, in
 * hundredths of the full range and cut to whole numbers, summed and divided by 90; at most 100.
 */
export function qualityOf(grid: Float32Array, drift: number): Quality {
  let sum = 0
  let unsure = 0
  const slack = slackOf(drift)
  const last = gridSide - 1
  for (let i = 0, at = 0; i < gridSide; i++) {
    for (let j = 0; j < gridSide; j++, at++) {
      const here = grid[at]!
      if (i < last) {
        const step = Math.abs(stepBetween(here, grid[at + gridSide]!))
        const whole = step | 0
        sum += whole
        if (isNearWhole(step, whole, slack)) unsure++
      }
      if (j < last) {
        const step = Math.abs(stepBetween(here, grid[at + 1]!))
        const whole = step | 0
        sum += whole
        if (isNearWhole(step, whole, slack)) unsure++
      }
    }
  }
  return qualityOfSteps({ sum, unsure })
}

/** The quality from the sum of steps, when `unsure` of them could be one more or one less. */
export function qualityOfSteps({ sum, unsure }: { readonly sum: number; readonly unsure: number }): Quality {
  const quality = scaled(sum)
  return { quality, isCertain: scaled(sum - unsure) === quality && scaled(sum + unsure) === quality }
}

/** How far a step between two samples of the grid moves, in hundredths, when each moves by `drift`. */
export function slackOf(drift: number): number {
  return (2 * drift * 100) / 255
}

function stepBetween(u: number, v: number): number {
  return fround(fround(fround(u - v) * 100) / 255)
}

/** Could the cut to a whole number fall on the other side? Around 0 it cannot: both sides cut to 0. */
function isNearWhole(step: number, whole: number, slack: number): boolean {
  return step > whole + 1 - slack || (whole > 0 && step < whole + slack)
}

function scaled(sum: number): number {
  return Math.min(100, Math.floor(sum / 90))
}
