/**
 * The life of a target: one address with the victim's material, from the moment it is confirmed until it is
 * verifiably gone. The union says what is known in each state, the table which state may follow.
 *
 * @module
 */

/** Why a person must act. Shown beside the state, never instead of it. */
export const attentions = [
  'noChannel',
  'form',
  'needsInfo',
  'unreadReply',
  'softDown',
  'unconfirmedNotice',
] as const
export type Attention = (typeof attentions)[number]

export type State =
  /** Confirmed; the provider and its channel are being looked up. */
  | { readonly at: 'open' }
  /** Nobody is known who could be asked: an officer chooses a channel. */
  | { readonly at: 'awaitingChannel' }
  /** A notice is out (or on its way), and its clock runs. */
  | { readonly at: 'noticed' }
  /** The provider asks for a form or for more. */
  | { readonly at: 'needsInfo' }
  /** The provider has said no; the next rung follows at once. */
  | { readonly at: 'refused' }
  /** The provider says that it is removed. A claim, until we have looked. */
  | { readonly at: 'claimedDown' }
  /** The page answers, but looks removed: below the threshold of certainty, a person says which. */
  | { readonly at: 'suspectedDown' }
  /** One look has found it down. */
  | { readonly at: 'downOnce'; readonly since: Date; readonly vantage: string }
  /** Two looks, six hours and one look-out apart, have found it down. It is watched from here on. */
  | { readonly at: 'verifiedDown'; readonly since: Date }
  /** It was verified down and is back. */
  | { readonly at: 'reappeared' }
  /** Every rung was tried, and it is still up. It is looked at further. */
  | { readonly at: 'exhausted' }
  /** The victim wants no more of it, or the match was wrong: then another match on its address opens it again. */
  | { readonly at: 'withdrawn' }

export type StateName = State['at']

/** Which state may follow which. Nothing else changes a target's state. */
export const next = {
  open: ['awaitingChannel', 'noticed', 'downOnce', 'suspectedDown', 'withdrawn'],
  awaitingChannel: ['noticed', 'downOnce', 'suspectedDown', 'exhausted', 'withdrawn'],
  noticed: [
    'awaitingChannel',
    'needsInfo',
    'refused',
    'claimedDown',
    'suspectedDown',
    'downOnce',
    'exhausted',
    'withdrawn',
  ],
  needsInfo: [
    'awaitingChannel',
    'noticed',
    'refused',
    'claimedDown',
    'suspectedDown',
    'downOnce',
    'exhausted',
    'withdrawn',
  ],
  refused: [
    'awaitingChannel',
    'noticed',
    'needsInfo',
    'claimedDown',
    'suspectedDown',
    'downOnce',
    'exhausted',
    'withdrawn',
  ],
  claimedDown: [
    'awaitingChannel',
    'noticed',
    'needsInfo',
    'refused',
    'suspectedDown',
    'downOnce',
    'exhausted',
    'withdrawn',
  ],
  suspectedDown: ['awaitingChannel', 'noticed', 'claimedDown', 'downOnce', 'exhausted', 'withdrawn'],
  // It was up again before the second look: back to where it stood.
  downOnce: ['awaitingChannel', 'noticed', 'verifiedDown', 'exhausted', 'withdrawn'],
  verifiedDown: ['reappeared', 'withdrawn'],
  // The next round starts on the rung that had removed it.
  reappeared: ['awaitingChannel', 'noticed', 'downOnce', 'suspectedDown', 'exhausted', 'withdrawn'],
  // Still watched, and an officer may ask again.
  exhausted: ['noticed', 'claimedDown', 'suspectedDown', 'downOnce', 'withdrawn'],
  withdrawn: ['open'],
} as const satisfies Record<StateName, readonly StateName[]>

export const stateNames = Object.keys(next) as StateName[]

/** Whether a target in `from` may pass to `to`. Staying is always allowed: it changes nothing. */
export function mayFollow(from: StateName, to: StateName): boolean {
  return from === to || (next[from] as readonly StateName[]).includes(to)
}

/** States in which the material is taken to be up, so that the ladder goes on. */
export const upStates = [
  'open',
  'awaitingChannel',
  'noticed',
  'needsInfo',
  'refused',
  'claimedDown',
  'reappeared',
] as const satisfies readonly StateName[]

export const isUp = (state: StateName): boolean => (upStates as readonly StateName[]).includes(state)
