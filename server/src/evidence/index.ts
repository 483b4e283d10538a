/**
 * What was seen at an address, captured as it was served, sealed before it touches a disk, and never opened
 * without an entry in the log that says so.
 *
 * @module
 */
export { capture, recapture } from './capture.ts'
export {
  openMedia,
  openMedium,
  pictureOfCapture,
  previewOf,
  type Hands,
  type OpenedMedium,
} from './reading.ts'
export { fileKind } from './file-kind.ts'
export { jobs } from './jobs.ts'
