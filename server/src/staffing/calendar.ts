/**
 * An officer's duties as a calendar (iCalendar, RFC 5545) behind an address that nobody guesses and that the officer
 * takes back. It says when, and nothing about whom, where or why: it lies in strange calendar programs.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { dayAfter } from '@jikimi/staffing'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, randomToken, type OfficerId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'
import { dayOf } from './roster.ts'
import * as rosters from './roster-store.ts'

const digestOf = (secret: string) => createHash('sha256').update(secret).digest()
const ownOfficer = (tx: ReadTx): OfficerId =>
  (tx.who.kind === 'staff' ? tx.who.officer : null) ?? refuse(refused.noOfficer())

/** Gives one's calendar a new address, shown this once. The one before it is taken back. */
export async function openCalendar(tx: Tx): Promise<string> {
  const officer = ownOfficer(tx)
  await rosters.endCalendar(tx, officer, tx.now)
  const secret = randomToken(32)
  const id = newId<'CalendarId'>(tx.now)
  await rosters.addCalendar(tx, { id, officer, secret_digest: digestOf(secret), made_at: tx.now })
  await record(tx, 'calendar.opened', { calendar: id, officer })
  return secret
}

/** Takes the address back: it answers nothing from here on. Doing it twice changes nothing. */
export async function closeCalendar(tx: Tx): Promise<void> {
  const officer = ownOfficer(tx)
  if (await rosters.endCalendar(tx, officer, tx.now)) await record(tx, 'calendar.closed', { officer })
}

// A month back and the longest roster ahead.
const [daysBack, daysAhead] = [31, 92]

/**
 * The calendar behind a secret.
 * @throws staffing.noCalendar there is none, or it was taken back: the same answer
 */
export async function calendarOf(tx: ReadTx, secret: string): Promise<string> {
  const officer = (await rosters.officerOfCalendar(tx, digestOf(secret))) ?? refuse(refused.noCalendar())
  const today = dayOf(tx.now)
  const span = { from: dayAfter(today, -daysBack), until: dayAfter(today, daysAhead), officer }
  const duties = await rosters.duties(tx, span)
  return written([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jikimi//On call//KO',
    'CALSCALE:GREGORIAN',
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'NAME:당직',
    ...duties.flatMap(({ id, day }) => [
      'BEGIN:VEVENT',
      `UID:${id}@jikimi`,
      `DTSTAMP:${stampOf(tx.now)}`,
      // Nine in the morning in Seoul, which knows no summer time, is midnight in UTC.
      `DTSTART:${day.replaceAll('-', '')}T000000Z`,
      'DURATION:PT24H',
      'SUMMARY:당직 (on call)',
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ])
}

function stampOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** Lines end in CRLF (RFC 5545, 3.1). None of ours is near 75 octets, so none is folded. */
function written(lines: readonly string[]): string {
  return lines.map(line => `${line}\r\n`).join('')
}
