/**
 * The hosts of the demo, each with the way it behaves. Names are reserved for examples (RFC 2606); behind each
 * lies an address of its own on loopback.
 *
 * @module
 */

/** What a host does once a notice has reached it. Hours are the product's, after the notice. */
export type Behaviour =
  /** Acknowledges, removes after a while, and says so. */
  | { readonly kind: 'removes'; readonly afterHours: number }
  /** Answers that it will not. */
  | { readonly kind: 'refuses'; readonly afterHours: number }
  | { readonly kind: 'neverAnswers' }
  /** Removes; somebody uploads it again, encoded anew; the second notice removes it for good. */
  | { readonly kind: 'bringsItBack'; readonly afterHours: number; readonly backAfterHours: number }
  /** Removes, and answers 200 with a page that says so. */
  | { readonly kind: 'softRemoves'; readonly afterHours: number }
  /** Its abuse mail is a content network's, which passes the notice on; the page stays, its media go. */
  | { readonly kind: 'passesOn'; readonly afterHours: number }
  /** Wants its own form filled in; then removes. */
  | { readonly kind: 'asksForForm'; readonly afterHours: number }

export interface Host {
  readonly name: string
  /** Title of the board, as its pages show it. */
  readonly title: string
  readonly behaviour: Behaviour
  readonly country: 'KR' | 'US'
  /** Who RDAP says is to be written to. */
  readonly abuse: string
  /** Where its media lie, when not on itself. */
  readonly mediaHost?: string
}

export const hosts = [
  {
    name: 'bright-board.example',
    title: '밝은 게시판',
    behaviour: { kind: 'removes', afterHours: 5 },
    country: 'KR',
    abuse: 'abuse@bright-board.example',
  },
  {
    name: 'free-for-all.example',
    title: 'Free For All',
    behaviour: { kind: 'refuses', afterHours: 3 },
    country: 'US',
    abuse: 'legal@free-for-all.example',
  },
  {
    name: 'silent-videos.example',
    title: 'Silent Videos',
    behaviour: { kind: 'neverAnswers' },
    country: 'US',
    abuse: 'abuse@silent-videos.example',
  },
  {
    name: 'again-again.example',
    title: '또또 게시판',
    behaviour: { kind: 'bringsItBack', afterHours: 3, backAfterHours: 30 },
    country: 'KR',
    abuse: 'help@again-again.example',
  },
  {
    name: 'old-forum.example',
    title: '오래된 포럼',
    behaviour: { kind: 'softRemoves', afterHours: 4 },
    country: 'KR',
    abuse: 'webmaster@old-forum.example',
  },
  {
    name: 'picture-wall.example',
    title: 'Picture Wall',
    behaviour: { kind: 'passesOn', afterHours: 8 },
    country: 'US',
    abuse: 'abuse@content-network.example',
    mediaHost: 'edge.content-network.example',
  },
  {
    name: 'formal-portal.example',
    title: '정식 포털',
    behaviour: { kind: 'asksForForm', afterHours: 5 },
    country: 'KR',
    abuse: 'privacy@formal-portal.example',
  },
] as const satisfies readonly Host[]

export type HostName = (typeof hosts)[number]['name']

/** Abuse desk of the network in which all hosts stand: reads nothing. */
export const carrierAbuse = 'noc@carrier.example'
/** Where the regulator takes requests. It cannot sit and answers nobody. */
export const regulatorAddress = 'request@regulator.example'
