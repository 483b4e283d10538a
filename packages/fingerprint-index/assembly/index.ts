export {
  beginBandCounts,
  beginCounts,
  countBands,
  countGroups,
  endBandCounts,
  endGroupCounts,
  fillBand,
  fillFromSpread,
  fold,
  group,
  spreadBand,
  toBands,
} from './build'
export { probe, remove, scan } from './search'
export { tailAdd, tailProbe } from './tail'
