/**
 * Which frames of a film are fingerprinted: the first settled one of each shot, and from there on one in every
 * stretch of time. The clock starts anew at each shot, so that a copy whose beginning was cut off, or that follows
 * something else, is sampled at the same frames from its first cut on.
 *
 * @module
 */

/** Steps of grey by which the thumbnails of two looks differ on average where the shot has changed. */
const cutStepsMin = 16
/** And by how much more than the film moved of late: a shaken camera is no cut. */
const cutOverMotion = 3
/** A shot has settled when two looks differ by no more: a cross-fade and an encoder's first blur are over. */
const settledStepsMax = 5
/** Earliest after a cut: what follows it at once is often made of the shot before. */
const settleMinMs = 150
/** Latest: a shot that never comes to rest is taken as it is. */
const settleMaxMs = 600
/** Ten looks a second find every cut that an eye finds, whatever the frame rate. */
const lookEveryMs = 100
/** A look a little early is as good; frames of 29.97 a second never fall on a tenth. */
const lookSlackMs = 12

/** Films of up to a minute are sampled four times a second, up to twenty minutes twice, longer ones once. */
const denseUpToMs = 60_000
const middlingUpToMs = 20 * 60_000
/** Beyond five hours the stretch grows with the film, so that a day of film is as many samples. */
const samplesOfLongFilm = 18_000

/** Found films are not stored: up to two hours they are sampled twice a second, so that a clip meets more of them. */
const askedUpToMs = 2 * 3_600_000

/**
 * Milliseconds from one sample to the next within a shot, for a film of this length: `kept` in a bank, or found
 * and `asked` about.
 */
export function sampleIntervalMs(durationMs: number, use: 'kept' | 'asked' = 'kept'): number {
  if (durationMs <= denseUpToMs) return 250
  if (durationMs <= (use === 'kept' ? middlingUpToMs : askedUpToMs)) return 500
  return Math.max(1000, Math.ceil(durationMs / samplesOfLongFilm))
}

export interface FrameSampler {
  /** Whether the frame at this time must be looked at; of the others nothing needs to be known. */
  wantsLook(atMs: number): boolean
  /** Takes the thumbnail of the next frame, in order of time, and says whether its fingerprint is wanted. */
  look(atMs: number, thumbnail: Uint8Array): boolean
}

/** Follows one film. @param intervalMs milliseconds from one sample to the next within a shot, above 0 */
export function frameSampler(intervalMs: number): FrameSampler {
  if (!(intervalMs > 0)) throw new RangeError('Samples lie more than 0 milliseconds apart.')
  let before: Uint8Array | undefined
  let lookedMs = -Infinity
  let shotMs = -Infinity
  let dueMs = -Infinity
  /** When the shot that has not settled yet began. */
  let unsettledSinceMs: number | undefined
  let motion = 0
  const take = (atMs: number, isShot: boolean) => {
    if (isShot) shotMs = atMs
    dueMs = isShot || dueMs === -Infinity ? atMs + intervalMs : dueMs + intervalMs
    // A gap in the film, or a long wait for a decoder: no frames are owed.
    if (dueMs <= atMs) dueMs = atMs + intervalMs
    return true
  }
  return {
    wantsLook: atMs => atMs >= lookedMs + lookEveryMs - lookSlackMs,
    look(atMs, thumbnail) {
      const steps = before === undefined ? Infinity : stepsBetween(before, thumbnail)
      before = thumbnail
      lookedMs = atMs
      if (steps >= cutStepsMin && steps >= motion * cutOverMotion) unsettledSinceMs = atMs
      else motion += (Math.min(steps, cutStepsMin) - motion) / 4
      if (unsettledSinceMs !== undefined) {
        const waitedMs = atMs - unsettledSinceMs
        const isSettled = (waitedMs >= settleMinMs && steps <= settledStepsMax) || waitedMs >= settleMaxMs
        if (isSettled) unsettledSinceMs = undefined
        // Where everything flickers, shots come no closer than two to a stretch of time.
        if (isSettled && atMs - shotMs >= intervalMs / 2) return take(atMs, true)
      }
      return atMs >= dueMs ? take(atMs, false) : false
    },
  }
}

function stepsBetween(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
  return sum / a.length
}
