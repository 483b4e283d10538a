/**
 * What tests of this room begin with: a case with one address, and fingerprints as a victim's device makes them.
 *
 * @module
 */
import { createHmac, randomUUID } from 'node:crypto'
import { profile, videoFingerprint, type Fingerprint } from '@jikimi/fingerprint'
import { openFromReport } from '#cases'
import { fileReport, prepareFiling, reportContent, type ReportedFingerprint, type ReportForm } from '#intake'
import type { AddressId, CaseId, ReportId } from '#platform/ids'
import { machine, reporter, type Trial } from '#platform/trial'
import type { World } from '#platform/world'
import { fingerprintMedia } from './fingerprint-media.ts'

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

const keys = {
  veil: (use: string, secret: string) =>
    createHmac('sha256', 'a pepper for tests').update(`${use}\0${secret}`).digest('hex'),
}

export interface Opened {
  readonly case: CaseId
  readonly report: ReportId
  readonly address: AddressId
}

/** A case in Seoul whose reporter has named this address. */
export async function openCase(
  trial: Trial,
  url: string,
  fingerprints: ReportForm['fingerprints'] = [],
): Promise<Opened> {
  const form: ReportForm = {
    language: 'ko',
    concern: 'leak',
    relation: 'self',
    ageUnder18: false,
    region: 'seoul',
    story: '',
    wantsWoman: false,
    contact: { way: 'receiptOnly' },
    addresses: [url],
    fingerprints,
  }
  const ready = prepareFiling(keys, trial.clock.now(), form, randomUUID())
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  const room = trial.as(machine('cases'))
  const id = await room.do(tx => openFromReport(tx, { report }))
  const { addresses } = await room.see(tx => reportContent(tx, report))
  return { case: id, report, address: addresses[0]!.address }
}

/** Every row of the room's tables as text, as somebody with the bare database would read them. */
export async function matchingAsText({ database }: Trial): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select format('matching.%I', tablename) as name from pg_tables where schemaname = 'matching'`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ line: string }>(`select t::text as line from ${name} t`)
    texts.push(...rows.map(row => row.line))
  }
  return texts.join('\n')
}
