import { z } from 'zod'
import { ids } from '#platform/ids'
import { job, type Job, type Work } from '#platform/jobs'
import { stopwatch } from '#platform/time'
import { begin, enter, giveUp } from './custody.ts'
import { sealPiece, type Sealed } from './exhibit.ts'
import { capturePage } from './page.ts'
import type { Fault } from './schema.ts'

/** What will not be otherwise in a few seconds: no second attempt. */
const lasting: ReadonlySet<Fault> = new Set(['gone', 'privateNetwork', 'download', 'tooLarge', 'badAddress'])

/** A capture that did not come about, this time. */
class CaptureFault extends Error {
  override readonly name = 'CaptureFault'
  readonly code: Fault
  constructor(code: Fault) {
    super(code)
    this.code = code
  }
}

/** Captures one address, seals what was found, enters it. Run twice, it captures once. */
export const captureJob = job('evidence', 'capture', z.object({ capture: ids.CaptureId }), runCapture, {
  attempts: 2,
  retryAfterS: 2,
  timeoutS: 240,
})

async function runCapture(
  work: Work,
  { capture }: { capture: z.infer<typeof ids.CaptureId> },
): Promise<void> {
  const took = stopwatch()
  const begun = await work.act(tx => begin(tx, capture))
  if (begun === undefined) return
  const found = await capturePage(work.world, { capture, url: begun.url })
  if (!found.ok) {
    work.log.captureFailed({ address: begun.address, fault: found.fault })
    if (!work.isLastAttempt && !lasting.has(found.fault)) throw new CaptureFault(found.fault)
    await work.act(tx => giveUp(tx, capture, found.fault))
    return
  }
  const sealed: Sealed[] = []
  for (const piece of found.pieces) sealed.push(await sealPiece(work.world, piece))
  const isOurs = await work.act(tx => enter(tx, capture, sealed, found.tools))
  if (!isOurs) for (const each of sealed) await work.world.objects.remove(each.sealedSha256)
  else work.log.captureDone({ exhibit: capture, tookMs: took(), requests: found.requests })
}

export const jobs: readonly Job[] = [captureJob]
