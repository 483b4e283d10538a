import { regimeNames, type RegimeName } from './regimes.ts'
import type { StatuteId } from './statutes.ts'

/** How long a rung has under a regime, and on what that rests. */
export interface LegalClock {
  readonly regime: RegimeName
  readonly rung: number
  readonly hours: number
  /** True: a statute sets it. False: the product's own wait, where the law says "without delay" or nothing. */
  readonly isStatutory: boolean
  readonly jurisdiction: string
  readonly statute: StatuteId | null
  readonly article: string | null
  readonly effectiveFrom: string | null
  readonly source: string
  readonly isConfirmed: boolean
}

const ours = 'Default of the product; the law sets no number'
const own = (regime: RegimeName, rung: number, hours: number, jurisdiction: string): LegalClock => ({
  regime,
  rung,
  hours,
  isStatutory: false,
  jurisdiction,
  statute: null,
  article: null,
  effectiveFrom: null,
  source: ours,
  isConfirmed: true,
})

/** A later row with a later `effectiveFrom` replaces an earlier one from that day on. */
export const clocks: readonly LegalClock[] = [
  // 전기통신사업법 22-5: "지체 없이". The number is ours.
  own('krTelecom', 1, 24, 'KR'),
  own('krTelecom', 2, 24, 'KR'),
  {
    regime: 'usTakeItDown',
    rung: 1,
    hours: 48,
    isStatutory: true,
    jurisdiction: 'US',
    statute: 'usTida',
    article: '3(a)(3)',
    effectiveFrom: '2026-05-19',
    source: 'Pub. L. 119-12',
    isConfirmed: true,
  },
  own('usTakeItDown', 2, 48, 'US'),
  {
    regime: 'ukOsa',
    rung: 1,
    hours: 48,
    isStatutory: true,
    jurisdiction: 'GB',
    statute: 'ukOsa10',
    article: '10',
    effectiveFrom: null,
    source: 'gov.uk memoranda of 2026-03-20; commencement not confirmed',
    isConfirmed: false,
  },
  own('ukOsa', 2, 48, 'GB'),
  // DSA 16(6): "in a timely manner". The number is ours.
  own('euDsa', 1, 24, 'EU'),
  own('euDsa', 2, 48, 'EU'),
  own('generic', 1, 48, '*'),
  own('generic', 2, 48, '*'),
  // SVPA 23-2 asks the police, not the regulator, for speed; at rung 3 the seven days of 44-7(4) run.
  own('krSvpa', 1, 24, 'KR'),
  own('krSvpa', 2, 24, 'KR'),
  {
    regime: 'krSvpa',
    rung: 3,
    hours: 7 * 24,
    isStatutory: true,
    jurisdiction: 'KR',
    statute: 'krNa44x7',
    article: '44-7(4)',
    effectiveFrom: '2026-10-02',
    source: 'law.go.kr, consolidated text in force on 2026-10-02',
    isConfirmed: true,
  },
  ...regimeNames.filter(regime => regime !== 'krSvpa').map(regime => own(regime, 3, 7 * 24, '*')),
]

/** The clock in force at `at` for a notice on `rung` under `regime`. */
export function clockFor(regime: RegimeName, rung: number, at: Date): LegalClock {
  const day = at.toISOString().slice(0, 10)
  const inForce = clocks
    .filter(each => each.regime === regime && each.rung === rung)
    .filter(each => each.effectiveFrom === null || each.effectiveFrom <= day)
    .toSorted((one, other) => ((one.effectiveFrom ?? '') < (other.effectiveFrom ?? '') ? -1 : 1))
  // Before its statute: the longest wait that we use anywhere, as our own.
  return inForce.at(-1) ?? own(regime, rung, 48, '*')
}

const hourMs = 3_600_000

/** When the time of a notice is up that was sent at `sentAt`, and by which clock. */
export function deadlineFor(
  regime: RegimeName,
  rung: number,
  sentAt: Date,
): { dueAt: Date; clock: LegalClock } {
  const clock = clockFor(regime, rung, sentAt)
  return { dueAt: new Date(sentAt.getTime() + clock.hours * hourMs), clock }
}
