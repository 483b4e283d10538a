/**
 * Fingerprints of films, made where their file lies: in a worker of the portal or of the console. The file is read a
 * few megabytes at a time and decoded by the device from beginning to end, so that each cut is seen.
 *
 * @module
 */
import {
  durationMaxS,
  followFilm,
  pdq,
  ready,
  sampleIntervalMs,
  videoFingerprint,
  type VideoFingerprint,
} from '@jikimi/fingerprint'
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny'
import { rasterOf } from './raster.ts'
import { Unfit } from './unfit.ts'

/**
 * The fingerprint of a film from its sampled frames; `progress` hears which share of it was read.
 * @throws Unfit it is no film, has no codec here, or is too long
 */
export async function filmFingerprint(
  file: Blob,
  progress: (share: number) => void,
): Promise<VideoFingerprint> {
  using input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack().catch((cause: unknown) => {
    throw new Unfit('unreadable', cause)
  })
  if (track === null) throw new Unfit('unreadable')
  if (!(await track.canDecode())) throw new Unfit('noCodec')
  const startS = await track.getFirstTimestamp()
  const lengthS = (await track.computeDuration()) - startS
  if (!(lengthS > 0)) throw new Unfit('unreadable')
  if (lengthS > durationMaxS) throw new Unfit('tooLong')
  const lengthMs = Math.round(lengthS * 1000)

  await ready()
  const frames = await followFilm(new VideoSampleSink(track).samples(), {
    startS,
    intervalMs: sampleIntervalMs(lengthMs),
    drawn,
    made: (atMs, pixels) => ({ atMs, ...pdq(pixels) }),
    progress: everySoOften(atMs => progress(Math.min(1, atMs / lengthMs))),
  })
  if (frames.length === 0) throw new Unfit('noCodec')
  return videoFingerprint(frames, Math.max(lengthMs, frames.at(-1)!.atMs, 1))
}

/** Ten looks of film pass in a moment: the page need not hear of each. */
function everySoOften(tell: (atMs: number) => void): (atMs: number) => void {
  let toldAt = -Infinity
  return atMs => {
    const now = performance.now()
    if (now - toldAt < 100) return
    toldAt = now
    tell(atMs)
  }
}

function drawn(sample: VideoSample) {
  const { displayWidth: width, displayHeight: height } = sample
  return rasterOf({
    width,
    height,
    draw: (context, top, rows) => sample.draw(context, 0, top, width, rows, 0, 0, width, rows),
  })
}
