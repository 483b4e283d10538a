import { dayMs, hourMs, minuteMs } from '#platform/time'
import { remindersOn } from '@jikimi/law'

/** Two looks that agree verify a removal only so far apart: an outage of an evening is not a removal. */
export const agreeAfterMs = 6 * hourMs
/** A claim is looked at soon: within the hour. */
export const claimLookMs = 10 * minuteMs
/** Between two notices while the material is up. */
export const reminderMs = 24 * hourMs
/** How long an officer has to choose a channel, or to hand in a form, before the next rung is taken. */
export const officerMs = 24 * hourMs
/** Until the mail server is tried again. */
export const mailRetryMs = 15 * minuteMs

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, count) => from + count * step)

// After a notice, and after a verified removal: dense where most removals and most re-uploads fall.
const looksAfterMs = [
  ...[1, 6, 24, 48, 72].map(hours => hours * hourMs),
  ...range(4, 14, 1).map(days => days * dayMs),
  ...range(21, 90, 7).map(days => days * dayMs),
  ...range(120, 360, 30).map(days => days * dayMs),
  ...range(365, 1095, 91).map(days => days * dayMs),
]

/** When the next look is due on a schedule that began at `from`, or null where it has ended. */
export function nextLook(from: Date, now: Date, least: number = 0): Date | null {
  const past = now.getTime() - from.getTime()
  const offset = looksAfterMs.find(each => each >= least && each > past)
  return offset === undefined ? null : new Date(from.getTime() + offset)
}

/** The watch after a verified removal begins a day later. */
export function nextWatch(verifiedAt: Date, now: Date): Date | null {
  return nextLook(verifiedAt, now, dayMs)
}

/** When the ladder moves after a notice of this rung went out at `now`, whose time is up at `clockEndsAt`. */
export function actAfter(rung: number, reminder: number, now: Date, clockEndsAt: Date): Date {
  const day = new Date(now.getTime() + reminderMs)
  if (reminder < remindersOn(rung)) return day
  if (reminder === 0) return clockEndsAt
  return clockEndsAt > day ? clockEndsAt : day
}
