/**
 * A look at an address: fetched without a browser, its media compared by content with the case's bank, held in
 * memory only. Two agreeing looks verify a removal.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { record } from '#audit'
import { bankOf, compareWithBank, fingerprintMedia } from '#matching'
import type { Tx } from '#platform/database'
import { ids, newId, type TargetId } from '#platform/ids'
import { job, later, type Work } from '#platform/jobs'
import type { Answer } from '#platform/outbound'
import { stopwatch } from '#platform/time'
import { findCopies } from './copies.ts'
import { step } from './ladder.ts'
import { about, lookAgainAt, seenDown, seenSoft, seenUp } from './life.ts'
import { faultSeen, lookOutsOf, nextLookOut, noteRest, openView, restsUntil, type View } from './lookout.ts'
import type { Desk } from './notice.ts'
import { isMediaType, pageOf, typeOf } from './page-answer.ts'
import type { Page } from './page.ts'
import { siblingAddress } from './sibling.ts'
import { isUp } from './states.ts'
import * as store from './store.ts'
import type { TargetRow } from './store.ts'
import {
  downVerdicts,
  judge,
  type Judgement,
  type MediaSeen,
  type Observation,
  type Seen,
} from './verdict.ts'

const pageBytesMax = 4 * 1024 * 1024
const mediaBytesMax = 64 * 1024 * 1024
const knownMax = 20

type Bank = Awaited<ReturnType<typeof bankOf>>
interface Look extends Judgement {
  readonly vantage: string
  readonly lookOuts: number
  readonly media: readonly MediaSeen[]
}

/** One look. With `climb`, the ladder takes its next step where the look has not found the material down. */
export const recheck = job(
  'takedown',
  'recheck',
  z.object({ target: ids.TargetId, climb: z.boolean() }),
  async (work, { target: id, climb }) => {
    const took = stopwatch()
    const found = await work.look(async tx => {
      const target = await store.target(tx, id)
      return target === undefined || target.state === 'withdrawn'
        ? undefined
        : { target, bank: await bankOf(tx, work.world.keys, target.case_id) }
    })
    if (found === undefined) return
    const rest = restsUntil(found.target.host, work.world.clock.now())
    const look = rest === null ? await lookAt(work, found.target, found.bank) : undefined
    await work.act(tx => note(tx, id, look, { climb, rest, desk: work.world.config }))
    if (look !== undefined) work.log.recheckDone({ target: id, verdict: look.verdict, tookMs: took() })
  },
  { attempts: 3, retryAfterS: 10, timeoutS: 300 },
)

async function lookAt(work: Work, target: TargetRow, bank: Bank): Promise<Look> {
  const lookOuts = lookOutsOf(work.world.config)
  const lookOut = nextLookOut(
    lookOuts,
    target.looks,
    target.state === 'downOnce' ? target.first_down_vantage : null,
  )
  const view = openView(lookOut, work.world.config, work.world.log)
  try {
    const observation = await observe(work, view, target, bank)
    return {
      ...judge(observation, target.has_seen_media),
      vantage: lookOut.name,
      lookOuts: lookOuts.length,
      media: observation.media,
    }
  } finally {
    await view.close()
  }
}

async function observe(work: Work, view: View, target: TargetRow, bank: Bank): Promise<Observation> {
  const nothing = { media: [], sibling: undefined }
  const answer = await asked(view, target.canonical)
  if (!('status' in answer)) return { seen: { kind: answer.kind }, ...nothing }
  noteRest(target.host, answer, work.world.clock.now())
  const place = { status: answer.status, asked: target.canonical, url: answer.url }
  if (isMediaType(typeOf(answer))) {
    const isThere = answer.status >= 200 && answer.status < 300
    return {
      ...nothing,
      seen: { kind: 'media', ...place },
      media: isThere ? [await compare(work, bank, target, answer)] : [],
    }
  }
  const page = pageOf(answer)
  const seen: Seen = { kind: 'page', ...place, page }
  if (answer.status < 200 || answer.status > 299) return { seen, ...nothing }
  const media = await mediaOf(work, view, target, bank, page)
  if (media.some(each => each.at === 'same')) return { seen, media, sibling: undefined }
  return { seen, media, sibling: await siblingOf(view, target.canonical) }
}

async function asked(
  view: View,
  url: string,
  bytesMax = mediaBytesMax,
): Promise<Answer | { kind: 'nameGone' | 'refused' | 'unreachable' }> {
  try {
    return await view.ask(url, bytesMax)
  } catch (error) {
    return { kind: await faultSeen(error, view, new URL(url).hostname) }
  }
}

/** The media of the page, one after the other, until the victim's is among them. */
async function mediaOf(
  work: Work,
  view: View,
  target: TargetRow,
  bank: Bank,
  page: Page,
): Promise<MediaSeen[]> {
  const seen: MediaSeen[] = []
  for (const url of page.media) {
    const answer = await asked(view, url)
    const media = 'status' in answer ? await compareAnswer(work, bank, target, answer) : goneOr(answer.kind)
    seen.push(media)
    if (media.at === 'same') break
  }
  return seen
}

const bare = (at: MediaSeen['at']): MediaSeen => ({ at, distance: null, sha256: null })
const goneOr = (kind: 'nameGone' | 'refused' | 'unreachable') =>
  bare(kind === 'unreachable' ? 'unreadable' : 'gone')

async function compareAnswer(work: Work, bank: Bank, target: TargetRow, answer: Answer): Promise<MediaSeen> {
  if ([404, 410, 451].includes(answer.status)) return bare('gone')
  if (answer.status < 200 || answer.status > 299) return bare('unreadable')
  // A page where a file was: the site's answer for what is not there.
  if (!isMediaType(typeOf(answer))) return bare('gone')
  return compare(work, bank, target, answer)
}

/** Below the 300 s that a look has, with time left to fetch and to compare. */
const filmTime = { wholeMs: 150_000, glanceMs: 75_000 }

async function compare(work: Work, bank: Bank, target: TargetRow, answer: Answer): Promise<MediaSeen> {
  const sha256 = createHash('sha256').update(answer.body).digest('hex')
  if (target.known_sha256.includes(sha256)) return { at: 'same', distance: 0, sha256 }
  if (!answer.isWhole) return bare('unreadable')
  const media = { contentType: typeOf(answer), bytes: answer.body }
  const isKnown = async (found: Parameters<typeof compareWithBank>[1]) =>
    (await compareWithBank(bank, found)).verdict === 'match'
  const fingerprint = await fingerprintMedia(work, media, isKnown, filmTime)
  if (fingerprint === undefined) return bare('unreadable')
  const { verdict, distance } = await compareWithBank(bank, fingerprint)
  const at = verdict === 'match' ? 'same' : verdict === 'review' ? 'near' : 'other'
  return { at, distance, sha256: at === 'same' ? sha256 : null }
}

/** What the site answers for an address beside this one that never was. */
async function siblingOf(view: View, url: string): Promise<Observation['sibling']> {
  const answer = await asked(view, siblingAddress(url), pageBytesMax)
  return 'status' in answer ? { status: answer.status, page: pageOf(answer) } : undefined
}

interface After {
  readonly climb: boolean
  readonly rest: Date | null
  readonly desk: Desk
}

/** Keeps the look and lets what follows from it follow. Without one (the host rests) only the next is set. */
async function note(tx: Tx, id: TargetId, look: Look | undefined, after: After): Promise<void> {
  const target = await store.targetForUpdate(tx, id)
  if (target === undefined || target.state === 'withdrawn') return
  if (look === undefined)
    return void (await store.changeTarget(tx, id, { [after.climb ? 'act_at' : 'recheck_at']: after.rest }))
  await keep(tx, target, look)
  const followed = await follow(tx, target, look)
  const noted = await store.changeTarget(tx, id, {
    verdict: look.verdict,
    looks: target.looks + 1,
    recheck_at: lookAgainAt(followed, tx.now),
    has_seen_media: target.has_seen_media || isThere(look),
    known_sha256: knownAfter(target, look),
    ...(after.climb ? { act_at: null } : {}),
  })
  if (!target.has_seen_media && noted.has_seen_media) await later(tx, findCopies, { target: id })
  if (after.climb && isUp(noted.state)) await step(tx, noted, after.desk)
}

const isThere = (look: Look) => look.verdict === 'upSame' || look.verdict === 'moved'

async function keep(tx: Tx, target: TargetRow, look: Look): Promise<void> {
  const distances = look.media.map(each => each.distance).filter(each => each !== null)
  await store.addRecheck(tx, {
    id: newId<'RecheckId'>(tx.now),
    case_id: target.case_id,
    target_id: target.id,
    at: tx.now,
    verdict: look.verdict,
    is_sure: look.isSure,
    status: look.status,
    vantage: look.vantage,
    media_seen: look.media.length,
    distance: distances.length === 0 ? null : Math.min(...distances),
  })
  await record(tx, 'target.rechecked', about(target), {
    verdict: look.verdict,
    isSure: look.isSure,
    status: look.status,
    vantage: look.vantage,
  })
}

/** A sure verdict moves the target; a doubtful one asks a person; walls and faults tell nothing. */
async function follow(tx: Tx, target: TargetRow, look: Look): Promise<TargetRow> {
  if (isThere(look)) return seenUp(tx, target)
  if (downVerdicts.includes(look.verdict))
    return look.isSure ? seenDown(tx, target, look) : doubt(tx, target, look)
  if (look.verdict === 'upChanged' && (target.has_seen_media || target.state === 'verifiedDown'))
    return doubt(tx, target, look)
  return target
}

/** On what is down already a doubtful look takes nothing back and settles nothing; a person is asked. */
async function doubt(tx: Tx, target: TargetRow, look: Look): Promise<TargetRow> {
  if (target.state === 'downOnce') return target
  if (target.state !== 'verifiedDown') return seenSoft(tx, target)
  return look.verdict === 'upChanged' ? store.changeTarget(tx, target.id, { attention: 'softDown' }) : target
}

function knownAfter(target: TargetRow, look: Look): string[] {
  const found = look.media.map(each => each.sha256).filter(each => each !== null)
  return [...new Set([...target.known_sha256, ...found])].slice(-knownMax)
}
