/**
 * Makes fingerprints beside the page, one file after the other. Files come by handle and go nowhere: this
 * worker makes no request but for its own code.
 *
 * @module
 */
import { faultOf, Unfit } from '@jikimi/shared/unfit.ts'
import type { Task, Word } from './messages.ts'
import { pictureFingerprint, type Made } from './picture.ts'
import type { ReportedFingerprint } from '../api.ts'

addEventListener('message', (event: MessageEvent<Task>) => {
  const { id, file } = event.data
  fingerprintOf(file, share => tell({ id, kind: 'progress', share })).then(
    made => tell({ id, kind: 'done', ...made }),
    (error: unknown) => tell({ id, kind: 'failed', fault: faultOf(error) }),
  )
})

async function fingerprintOf(
  file: File,
  progress: (share: number) => void,
): Promise<Made<ReportedFingerprint>> {
  if (file.type.startsWith('image/')) return pictureFingerprint(file)
  if (file.type.startsWith('video/')) return fromVideo(file, progress)
  // A name without a known ending: see whether it is a picture, which shows at once.
  return pictureFingerprint(file).catch(() => fromVideo(file, progress))
}

async function fromVideo(file: File, progress: (share: number) => void) {
  // Half a megabyte of demuxers is fetched only where someone has a video.
  const { videoFingerprint } = await import('./video.ts').catch((cause: unknown) => {
    throw new Unfit('notLoaded', cause)
  })
  return videoFingerprint(file, progress)
}

function tell(word: Word): void {
  ;(globalThis as unknown as { postMessage(word: Word): void }).postMessage(word)
}
