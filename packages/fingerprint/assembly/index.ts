// PDQ of decoded pixels. One picture at a time: open, feed its rows, then transform, hash and steps.

import { basis, grid, hashes, low } from './memory'

export { endExact, feedExact, openExact } from './exact'
export { firstRow, foldBlocks, openFold, rowsOf } from './fold'
export { hash, steps, transform, unsureSteps } from './frequencies'

export function basisAt(): usize {
  return basis
}

export function gridAt(): usize {
  return grid
}

export function lowAt(): usize {
  return low
}

export function hashesAt(): usize {
  return hashes
}
