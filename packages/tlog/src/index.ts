/**
 * The log: an append-only tree (RFC 6962) with signed checkpoints, in the formats of C2SP (signed-note,
 * tlog-checkpoint, tlog-proof), and the verifier that needs nothing but a file.
 *
 * @module
 */
export { canonical } from './canonical.ts'
export type { Json } from './canonical.ts'
export { parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
export type { Checkpoint } from './checkpoint.ts'
export type { Finding } from './findings.ts'
export { Frontier } from './frontier.ts'
export type { FinishedNode } from './frontier.ts'
export {
  checkpointLine,
  endLine,
  entryLine,
  headLine,
  leafLine,
  linesOf,
  logFormat,
  parseLine,
} from './log-file.ts'
export type { Line } from './log-file.ts'
export {
  consistencyProof,
  inclusionProof,
  inclusionRanges,
  leafHash,
  nodeHash,
  rootOf,
  subtreesOf,
  verifyConsistency,
  verifyFirstSight,
  verifyInclusion,
} from './merkle.ts'
export type { Subtree } from './merkle.ts'
export { newLogKey, openNote, parseVerifier, signNote } from './note.ts'
export { formatProof, parseProof, verifyProof } from './proof.ts'
export type { Proof } from './proof.ts'
export { verifyLog } from './verify-log.ts'
export type { LogReport, Trusted } from './verify-log.ts'
