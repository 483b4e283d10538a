export {
  bitCount,
  complement,
  distance,
  distanceOfWords,
  fingerprintBits,
  formatFingerprint,
  isFingerprint,
  judge,
  matchDistanceMax,
  parseFingerprint,
  parsePictureFingerprint,
  parseQuality,
  qualityMin,
  reviewDistanceMax,
  wordsOf,
} from './fingerprint.ts'
export type { Fingerprint, PictureFingerprint, Verdict } from './fingerprint.ts'
export { turns } from './frequencies.ts'
export type { Turn } from './frequencies.ts'
export { dihedral, pdq } from './pdq.ts'
export type { Dihedral } from './pdq.ts'
export { pixelsMax, profile, sideMax } from './pixels.ts'
export type { Pixels } from './pixels.ts'
export { comparePictureWithVideo, compareVideo, foundFramesMin, shareMin } from './compare-video.ts'
export type { FramePair, PictureInVideo, VideoComparison } from './compare-video.ts'
export {
  durationMaxS,
  framesMax,
  parseVideoFingerprint,
  samplesMin,
  sampleTimes,
  videoFingerprint,
} from './video.ts'
export type { FrameFingerprint, VideoFingerprint } from './video.ts'
