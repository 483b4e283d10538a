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
export { turnedFingerprint, turns } from './frequencies.ts'
export type { Turn } from './frequencies.ts'
export { ready } from './kernel.ts'
export { dihedral, pdq } from './pdq.ts'
export type { Dihedral, PdqOptions } from './pdq.ts'
export { pixelsMax, profile, profiles, sideMax } from './pixels.ts'
export type { Pixels, Profile } from './pixels.ts'
export {
  comparePictureWithVideo,
  compareVideo,
  foundFramesMin,
  shareMin,
  stepwiseMatcher,
  videoMatcher,
} from './compare-video.ts'
export type { AlignedRun } from './aligned-run.ts'
export type { FramePair, PictureInVideo, VideoComparison } from './compare-video.ts'
export {
  durationMaxS,
  foldBitsMax,
  foldFrames,
  framesMax,
  parseVideoFingerprint,
  samplesMin,
  sampleTimes,
  thinFrames,
  videoFingerprint,
} from './video.ts'
export type { FrameFingerprint, VideoFingerprint } from './video.ts'
export { followFilm, frameReader } from './film-follower.ts'
export type { DecodedFrame, Following, FrameLook } from './film-follower.ts'
export { parseVpdq, vpdqForms, vpdqLines, vpdqLinesMax } from './vpdq-text.ts'
export type { VpdqForm } from './vpdq-text.ts'
export { filmWindows, filmWindowsMax } from './film-windows.ts'
export { frameSampler, sampleIntervalMs } from './frame-sampler.ts'
export type { FrameSampler } from './frame-sampler.ts'
export { lumaOfFrame, planeFormats, thumbnailOfFrame, thumbnailOfPixels } from './frame-luma.ts'
export type { FramePlanes, PlaneFormat } from './frame-luma.ts'
export { queryForms } from './forms.ts'
export type { FormLevel, FormName, QueryForm } from './forms.ts'
export { bankWindows, windowLevels, windowsOfPlane } from './windows.ts'
export type { BankWindow, WindowLevel } from './windows.ts'
export { parts, trimmed } from './trim.ts'
export { planeMaker, planeOf, sampled } from './plane.ts'
export type { Plane, PlaneMaker, Window } from './plane.ts'
export { explain, matchForms, tierOf, tierReviewMax, turnWords } from './tiers.ts'
export { explainVerified } from './verified-words.ts'
export { mayAct, tierVerified } from './verified-tier.ts'
export type { Matched, Tier, Words } from './tiers.ts'
export { featuresMax, featuresOf } from './features.ts'
export type { Features } from './features.ts'
export { featuresFromBytes, featuresToBytes } from './feature-bytes.ts'
export { verifyFeatures, verifySame } from './geometry.ts'
export type { Transform, Verified } from './geometry.ts'
export { featureBank, suspects } from './suspects.ts'
export type { FeatureBank, Suspect } from './suspects.ts'
