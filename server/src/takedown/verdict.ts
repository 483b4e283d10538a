/**
 * From what a look has observed to a verdict. Pure: the looking is done in `recheck.ts`.
 *
 * @module
 */
import { likeness } from './likeness.ts'
import type { Page } from './page.ts'
import { isBotWall, isStopPage, saysRemoved } from './phrases.ts'
import type { Verdict } from './schema.ts'

/** What came back when the address was asked for. */
export type Seen =
  /** No such name, by an answer that says so. */
  | { readonly kind: 'nameGone' }
  /** The host refuses the connection. */
  | { readonly kind: 'refused' }
  /** Anything else that kept us from looking: a timeout, a broken line, a resolver that does not answer. */
  | { readonly kind: 'unreachable' }
  | {
      readonly kind: 'page'
      readonly status: number
      readonly asked: string
      readonly url: string
      readonly page: Page
    }
  /** The address is itself a picture or a video. */
  | { readonly kind: 'media'; readonly status: number; readonly asked: string; readonly url: string }

/** One media file of the page, compared with the case's bank. */
export interface MediaSeen {
  readonly at: 'same' | 'near' | 'other' | 'gone' | 'unreadable'
  readonly distance: number | null
  readonly sha256: string | null
}

export interface Observation {
  readonly seen: Seen
  readonly media: readonly MediaSeen[]
  /** What the site answers for an address that never was, where that was asked. */
  readonly sibling: { readonly status: number; readonly page: Page } | undefined
}

export interface Judgement {
  readonly verdict: Verdict
  /** False: a person says what it is, before it counts. */
  readonly isSure: boolean
  readonly status: number | null
}

export const downVerdicts: readonly Verdict[] = ['downHard', 'downSoft', 'mediaGone']

// A page for what is not there is short; in a long page the same words may belong to another story.
const shortPageChars = 1500
const alikeFrom = 0.85

/** `hasSeenMedia`: an earlier look of the same kind has seen the material here, so that its absence tells. */
export function judge(look: Observation, hasSeenMedia: boolean): Judgement {
  const { seen } = look
  const say = (verdict: Verdict, isSure: boolean, status: number | null = null): Judgement => ({
    verdict,
    isSure,
    status,
  })
  if (seen.kind === 'nameGone' || seen.kind === 'refused') return say('downHard', true)
  if (seen.kind === 'unreachable') return say('unknown', false)
  const { status } = seen
  if (isStopPage(seen.url)) return say('krFiltered', false, status)
  const byStatus = judgeStatus(status)
  if (byStatus !== undefined) return { ...byStatus, status }
  if (look.media.some(each => each.at === 'same'))
    return say(hasMoved(seen.asked, seen.url) ? 'moved' : 'upSame', true, status)
  if (seen.kind === 'media') return { ...judgeFile(look.media, hasSeenMedia), status }
  if (isBotWall(`${seen.page.title} ${seen.page.text.slice(0, shortPageChars)}`))
    return say('botWall', false, status)
  if (look.media.some(each => each.at === 'near')) return say('upChanged', false, status)
  return { ...judgePage(seen, look, hasSeenMedia), status }
}

function judgeStatus(status: number): Omit<Judgement, 'status'> | undefined {
  // 451 (RFC 7725) may come from a block on the way as well as from the host; two look-outs must agree.
  if (status === 404 || status === 410 || status === 451) return { verdict: 'downHard', isSure: true }
  if (status === 401 || status === 407) return { verdict: 'loginWall', isSure: false }
  if (status === 403 || status === 429) return { verdict: 'botWall', isSure: false }
  if (status < 200 || status > 299) return { verdict: 'unknown', isSure: false }
  return undefined
}

function judgeFile(media: readonly MediaSeen[], hasSeenMedia: boolean): Omit<Judgement, 'status'> {
  if (media.some(each => each.at === 'unreadable') || media.length === 0)
    return { verdict: 'unknown', isSure: false }
  return { verdict: 'upChanged', isSure: hasSeenMedia }
}

function judgePage(
  seen: Extract<Seen, { kind: 'page' }>,
  look: Observation,
  hasSeenMedia: boolean,
): Omit<Judgement, 'status'> {
  const { page } = seen
  const others = look.media.filter(each => each.at === 'other').length
  const soft = softness(seen, look)
  // Sure where the site answers so for anything (and had answered otherwise), or says so in a short page.
  if (soft.isPhrase && page.text.length <= shortPageChars && others === 0)
    return { verdict: 'downSoft', isSure: true }
  if (soft.isSibling) return { verdict: 'downSoft', isSure: hasSeenMedia && others === 0 }
  if (page.hasPasswordField) return { verdict: 'loginWall', isSure: false }
  if (soft.isHome || soft.isPhrase) return { verdict: 'downSoft', isSure: false }
  if (look.media.some(each => each.at === 'unreadable')) return { verdict: 'unknown', isSure: false }
  if (look.media.length > 0 && look.media.every(each => each.at === 'gone'))
    return { verdict: 'mediaGone', isSure: true }
  if (others > 0) return { verdict: 'upChanged', isSure: hasSeenMedia }
  // A page without media: told apart from one that needs a browser only by what an earlier look has seen.
  return hasSeenMedia ? { verdict: 'mediaGone', isSure: false } : { verdict: 'unknown', isSure: false }
}

function softness(seen: Extract<Seen, { kind: 'page' }>, look: Observation) {
  const { sibling } = look
  const isSibling =
    sibling !== undefined &&
    sibling.status >= 200 &&
    sibling.status < 300 &&
    likeness(seen.page, sibling.page) >= alikeFrom
  return {
    isSibling,
    isPhrase: saysRemoved(`${seen.page.title} ${seen.page.text}`),
    isHome: isHome(seen.url) && !isHome(seen.asked),
  }
}

const isHome = (url: string) => /^\/?$/.test(new URL(url).pathname) && new URL(url).search === ''

/** Whether the page that answered is another one: a turn to https or to `www` is none. */
function hasMoved(asked: string, url: string): boolean {
  const place = (address: string) => {
    const { hostname, pathname, search } = new URL(address)
    return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`
  }
  return place(asked) !== place(url)
}
