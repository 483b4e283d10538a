import {
  durationMaxS,
  followFilm,
  pdq,
  profile,
  qualityMin,
  ready,
  sampleIntervalMs,
  videoFingerprint as join,
} from '@jikimi/fingerprint'
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny'
import type { ReportedVideo } from '../api.ts'
import { Unfit } from './messages.ts'
import type { Made } from './picture.ts'
import { rasterOf } from './raster.ts'

/**
 * The fingerprint of a video file from its sampled frames. The file is read where it lies, a few megabytes at
 * a time, and decoded by the device from beginning to end, so that each cut is seen.
 */
export async function videoFingerprint(
  file: Blob,
  progress: (share: number) => void,
): Promise<Made<ReportedVideo>> {
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
  const made = join(frames, Math.max(lengthMs, frames.at(-1)!.atMs, 1))
  return {
    fingerprint: { kind: 'video', profile, durationMs: made.durationMs, frames: made.frames },
    isWeak: made.frames.every(frame => frame.quality < qualityMin),
  }
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
