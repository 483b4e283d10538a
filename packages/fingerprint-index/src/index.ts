export {
  add,
  buildIndex,
  needsSettling,
  search,
  settle,
  sizeOf,
  tailRowsMax,
  withdraw,
} from './fingerprint-index.ts'
export type { FingerprintIndex, Hit, Row } from './fingerprint-index.ts'
