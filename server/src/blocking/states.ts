/**
 * The life of a block order. The union says what is known in each state, the table which state may follow.
 *
 * @module
 */

export type State =
  /** The ladder is spent and the material still up: a person decides whether to ask for a block. */
  | { readonly at: 'proposed' }
  /** One person asks for it, with scope and legal basis; nobody decides in time, and it is a proposal again. */
  | { readonly at: 'requested' }
  /** Another person has agreed; the next publication carries it. */
  | { readonly at: 'approved' }
  /** On the list that operators fetch, until it expires. */
  | { readonly at: 'published' }
  /** A person has turned it down. It may be asked for again. */
  | { readonly at: 'refused' }
  /** Taken off: the material is gone, or the block was wrong or too broad. */
  | { readonly at: 'lifted' }
  /** Its time is up and nobody has renewed it. It may be asked for again. */
  | { readonly at: 'expired' }

export type StateName = State['at']

/** Which state may follow which. Nothing else changes an order's state. */
export const next = {
  proposed: ['requested', 'refused', 'lifted'],
  requested: ['approved', 'refused', 'lifted', 'proposed'],
  approved: ['published', 'lifted', 'expired'],
  published: ['lifted', 'expired'],
  refused: ['requested'],
  lifted: [],
  expired: ['requested'],
} as const satisfies Record<StateName, readonly StateName[]>

export const stateNames = Object.keys(next) as [StateName, ...StateName[]]

/** One of these at a time for a target. */
export const liveStates = [
  'proposed',
  'requested',
  'approved',
  'published',
] as const satisfies readonly StateName[]

/** On the list, or on it with the next publication. */
export const listedStates = ['approved', 'published'] as const satisfies readonly StateName[]

export function mayFollow(from: StateName, to: StateName): boolean {
  return (next[from] as readonly StateName[]).includes(to)
}
