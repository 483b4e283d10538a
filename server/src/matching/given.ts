/**
 * What tests of this room begin with: fingerprints as a victim's device makes them, and pages that
 * were captured.
 *
 * @module
 */
import { bankWindows, profile, videoFingerprint, type Fingerprint } from '@jikimi/fingerprint'
import { putMatter } from '#cases'
import { capture, jobs as evidenceJobs } from '#evidence'
import { addFoundAddress, type ReportedFingerprint, type ReportForm } from '#intake'
import { on } from '#platform/jobs'
import { machine, openTrial, type Trial } from '#platform/trial'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import type { Staff } from '#platform/who'
import type { World } from '#platform/world'
import { openCase, type Opened } from '#trial-case'
import { examine, examineJob } from './examine.ts'
import { fingerprintMedia, stillPixels } from './fingerprint-media.ts'
import { jobs } from './jobs.ts'

/** The fingerprint that the portal would send for this file. */
export async function reported(
  world: World,
  contentType: string,
  bytes: Buffer,
): Promise<ReportedFingerprint> {
  const made = await fingerprintMedia({ world }, { contentType, bytes })
  if (made === undefined) throw new Error('The made file cannot be read.')
  if (made.kind === 'picture')
    return { kind: 'picture', profile, hash: made.hashes.identity, quality: made.quality }
  const frames = made.frames.map(({ atMs, quality, hashes }) => ({
    atMs,
    quality,
    hash: hashes.identity as Fingerprint,
  }))
  const { durationMs, frames: kept } = videoFingerprint(frames, made.durationMs)
  return { kind: 'video', profile, durationMs, frames: [...kept] }
}

/** The same with fingerprints of parts of the picture, as today's portal sends it. */
export async function reportedWithParts(bytes: Buffer): Promise<ReportedFingerprint> {
  const [whole, ...parts] = bankWindows((await stillPixels(bytes))!)
  const windows = parts.map(({ window, hash, quality }) => ({ ...window, hash, quality }))
  return { kind: 'picture', profile, hash: whole!.hash, quality: whole!.quality, windows }
}

export interface Scene {
  readonly trial: Trial
  readonly place: TrialWorld
}

const room = machine('matching')
const heard = async () => {}

/** A database and a world in which pages are captured; what this room tells is kept in the queue. */
export async function openScene(...team: readonly Staff[]): Promise<Scene & AsyncDisposable> {
  const trial = await openTrial({
    team,
    jobs: [...evidenceJobs, ...jobs],
    procedure: [
      on('exhibit.sealed', 'matching', heard),
      on('match.confirmed', 'takedown', heard),
      on('match.refuted', 'takedown', heard),
      on('match.reversed', 'takedown', heard),
    ],
  })
  const place = await openTrialWorld(trial)
  return {
    trial,
    place,
    async [Symbol.asyncDispose]() {
      await place[Symbol.asyncDispose]()
      await trial[Symbol.asyncDispose]()
    },
  }
}

/** A page at which these files are found, in a case whose bank holds these fingerprints; captured and examined. */
export async function captured(
  scene: Scene,
  host: string,
  files: Record<string, [type: string, bytes: Buffer]>,
  fingerprints: ReportForm['fingerprints'],
): Promise<Opened> {
  const { trial, place } = scene
  serve(place, host, files)
  const opened = await openCase(trial, place.url(host), fingerprints, place.world.keys)
  await trial.as(machine('evidence')).do(tx => capture(tx, opened))
  await place.settle(evidenceJobs)
  await lookThrough(scene, opened)
  return opened
}

/** One more address of a case, at whose page these files are found; captured and examined. */
export async function capturedToo(
  scene: Scene,
  opened: Opened,
  host: string,
  files: Record<string, [type: string, bytes: Buffer]>,
): Promise<Opened> {
  const { trial, place } = scene
  serve(place, host, files)
  const address = await trial.as(machine('cases')).do(async tx => {
    const added = await addFoundAddress(tx, opened.report, place.url(host))
    await putMatter(tx, opened.case, 'address', added)
    return added
  })
  const other = { ...opened, address }
  await trial.as(machine('evidence')).do(tx => capture(tx, other))
  await place.settle(evidenceJobs)
  await lookThrough(scene, other)
  return other
}

function serve(
  { hosts }: TrialWorld,
  host: string,
  files: Record<string, [type: string, bytes: Buffer]>,
): void {
  hosts.set(host, (request, response) => {
    const file = files[request.url ?? '']
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': file[0] }).end(file[1])
      return
    }
    const tags = Object.entries(files).map(([path, [type]]) =>
      type.startsWith('video/') ? `<video src="${path}"></video>` : `<img src="${path}">`,
    )
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>t</title>${tags.join('')}`)
  })
}

/** Tells the matching of the capture, twice, and works the job off, twice. */
export async function lookThrough({ trial, place }: Scene, opened: Opened): Promise<void> {
  const told = (await trial.queued()).map(each => each.payload as { address?: string; exhibit: never })
  const event = told.findLast(payload => payload.address === opened.address && payload.exhibit !== undefined)!
  const sealed = { case: opened.case, exhibit: event.exhibit, address: opened.address }
  await trial.as(room).do(tx => examine(tx, sealed))
  await trial.as(room).do(tx => examine(tx, sealed))
  await place.settle(jobs)
  await examineJob.run(place.work('matching'), { exhibit: sealed.exhibit })
}
