import {
  durationMaxS,
  pdq,
  profile,
  qualityMin,
  sampleTimes,
  videoFingerprint as join,
  type FrameFingerprint,
} from '@jikimi/fingerprint'
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny'
import type { ReportedVideo } from '../api.ts'
import { Unfit } from './messages.ts'
import type { Made } from './picture.ts'
import { rasterOf } from './raster.ts'

/**
 * The fingerprint of a video file from its sampled frames. The file is read where it lies, a few megabytes at
 * a time, and decoded by the device.
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

  const times = sampleTimes(lengthS)
  const sink = new VideoSampleSink(track)
  const frames: FrameFingerprint[] = []
  let tried = 0
  for await (const sample of sink.samplesAtTimestamps(times.map(ms => startS + ms / 1000))) {
    const atMs = times[tried++]!
    if (sample !== null) {
      frames.push({ atMs, ...frameFingerprint(sample) })
      sample.close()
    }
    progress(tried / times.length)
  }
  if (frames.length === 0) throw new Unfit('noCodec')
  const made = join(frames, Math.max(Math.round(lengthS * 1000), frames.at(-1)!.atMs))
  return {
    fingerprint: { kind: 'video', profile, durationMs: made.durationMs, frames: made.frames },
    isWeak: made.frames.every(frame => frame.quality < qualityMin),
  }
}

function frameFingerprint(sample: VideoSample) {
  const { displayWidth: width, displayHeight: height } = sample
  return pdq(
    rasterOf({
      width,
      height,
      draw: (context, top, rows) => sample.draw(context, 0, top, width, rows, 0, 0, width, rows),
    }),
  )
}
