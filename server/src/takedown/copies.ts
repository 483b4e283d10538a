/**
 * Copies on the same host: when the material is first seen on a host, the pages to which its page and the
 * site's listing lead are looked at once, within narrow bounds. What is found becomes an address of the case.
 * Pictures are compared by content, videos by their bytes: nothing here starts a browser.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { record } from '#audit'
import { putMatter, reportOfCase } from '#cases'
import { addFoundAddress, reportContent } from '#intake'
import { bankOf, compareWithBank, fingerprintMedia } from '#matching'
import { canonicalize } from '@jikimi/web-address'
import type { ReadTx, Tx } from '#platform/database'
import { ids, type TargetId } from '#platform/ids'
import { emit, job, type Work } from '#platform/jobs'
import type { Keys } from '#platform/keys'
import { about } from './life.ts'
import { lookOutsOf, openView, type View } from './lookout.ts'
import { isMediaType, pageOf, typeOf } from './page-answer.ts'
import { mayWalk } from './robots.ts'
import * as store from './store.ts'
import type { TargetRow } from './store.ts'

// One walk: as many pages as a listing shows at once, a few files each.
const pagesMax = 20
const filesOfPageMax = 3
const pageBytesMax = 2 * 1024 * 1024
const fileBytesMax = 16 * 1024 * 1024

interface Search {
  readonly target: TargetRow
  readonly bank: Awaited<ReturnType<typeof bankOf>>
  readonly known: ReadonlySet<string>
}

/** Looks for copies beside one target: once for each host of a case. */
export const findCopies = job(
  'takedown',
  'copies',
  z.object({ target: ids.TargetId }),
  async (work, { target: id }) => {
    const search = await work.look(tx => searchFor(tx, work.world.keys, id))
    if (search === undefined) return
    const lookOut = lookOutsOf(work.world.config)[0]!
    const view = openView(lookOut, work.world.config, work.world.log)
    try {
      for (const url of await linksBeside(view, search)) {
        if (work.signal.aborted) return
        if (await showsMaterial(work, view, search, url)) await work.act(tx => enter(tx, search.target, url))
      }
    } finally {
      await view.close()
    }
  },
  { attempts: 2, retryAfterS: 60, timeoutS: 600 },
)

async function searchFor(tx: ReadTx, keys: Keys, id: TargetId): Promise<Search | undefined> {
  const target = await store.target(tx, id)
  if (target === undefined || target.state === 'withdrawn') return undefined
  if ((await store.firstOnHost(tx, target.case_id, target.host)) !== id) return undefined
  const { addresses } = await reportContent(tx, await reportOfCase(tx, target.case_id))
  return {
    target,
    bank: await bankOf(tx, keys, target.case_id),
    known: new Set(addresses.map(each => each.canonical)),
  }
}

/** Pages of the same host that the target's page and the site's listing lead to, unknown ones, in their order. */
async function linksBeside(view: View, { target, known }: Search): Promise<readonly string[]> {
  const robots = await textOf(view, new URL('/robots.txt', target.canonical).href)
  const isOurs = (url: string) => {
    const { hostname, pathname, search } = new URL(url)
    return hostname === target.host && mayWalk(robots, `${pathname}${search}`)
  }
  const found: string[] = []
  for (const from of [target.canonical, new URL('/', target.canonical).href]) {
    if (!isOurs(from)) continue
    const answer = await ask(view, from, pageBytesMax)
    if (answer === undefined || isMediaType(typeOf(answer))) continue
    found.push(from, ...pageOf(answer).links)
  }
  const unknown = found.flatMap(url => {
    const read = canonicalize(url)
    return read.ok && !known.has(read.canonical) && isOurs(read.canonical) ? [read.canonical] : []
  })
  return [...new Set(unknown)].filter(url => new URL(url).pathname !== '/').slice(0, pagesMax)
}

async function showsMaterial(work: Work, view: View, search: Search, url: string): Promise<boolean> {
  const answer = await ask(view, url, pageBytesMax)
  if (answer === undefined || isMediaType(typeOf(answer))) return false
  for (const file of pageOf(answer).media.slice(0, filesOfPageMax))
    if (await isMaterial(work, view, search, file)) return true
  return false
}

async function isMaterial(work: Work, view: View, { target, bank }: Search, url: string): Promise<boolean> {
  const answer = await ask(view, url, fileBytesMax)
  if (answer === undefined || !isMediaType(typeOf(answer))) return false
  const sha256 = createHash('sha256').update(answer.body).digest('hex')
  if (answer.isWhole && target.known_sha256.includes(sha256)) return true
  if (!answer.isWhole || !typeOf(answer).startsWith('image/')) return false
  const fingerprint = await fingerprintMedia(work, { contentType: typeOf(answer), bytes: answer.body })
  // A grey one is left: a walk must not fill the officers' review with a site's other pictures.
  return fingerprint?.kind === 'picture' && (await compareWithBank(bank, fingerprint)).verdict === 'match'
}

async function ask(view: View, url: string, bytesMax: number) {
  const answer = await view.ask(url, bytesMax).catch(() => undefined)
  return answer !== undefined && answer.status >= 200 && answer.status < 300 ? answer : undefined
}

async function textOf(view: View, url: string): Promise<string> {
  return (await ask(view, url, pageBytesMax))?.body.toString('utf8') ?? ''
}

/** The copy becomes an address of the case, with a matter of its own; it is captured like any other. */
async function enter(tx: Tx, target: TargetRow, url: string): Promise<void> {
  const address = await addFoundAddress(tx, await reportOfCase(tx, target.case_id), url)
  const { isNew } = await putMatter(tx, target.case_id, 'address', address)
  if (!isNew) return
  await record(tx, 'copy.found', { ...about(target), address })
  await emit(tx, 'copy.found', { case: target.case_id, target: target.id, address })
  await emit(tx, 'address.opened', { case: target.case_id, address })
}
