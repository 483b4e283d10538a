/**
 * What tests of this room begin with: a case with an officer, a leader and a counsellor on its team, and people who
 * are not.
 *
 * @module
 */
import { openTrial, staff, type Trial } from '#platform/trial'
import type { Role, Staff } from '#platform/who'
import { openCase } from '#trial-case'

export type People = Readonly<Record<'officer' | 'leader' | 'counsellor', Staff>>

/** A trial whose cases have these three on their team. */
export async function given(at?: string): Promise<Trial & { readonly people: People }> {
  const trial = await openTrial(at === undefined ? {} : { at })
  const people = {
    officer: await enrolled(trial, 'officer', 'seoul'),
    leader: await enrolled(trial, 'leader', 'seoul'),
    counsellor: await enrolled(trial, 'counsellor', 'seoul'),
  }
  trial.team.push(...Object.values(people))
  return Object.assign(trial, { people })
}

export const caseOf = (trial: Trial) => openCase(trial, 'https://clips.example/watch/1')

/** Somebody with an account, as the console would list them. */
export async function enrolled(trial: Trial, role: Role, agency: string | null): Promise<Staff> {
  const who = staff(role, agency)
  const { pool } = trial.database
  await pool.query(
    `insert into access."user" (id, name, email, "emailVerified") values ($1, '시험', $2, true)`,
    [who.account, `${who.account}@jikimi.example`],
  )
  await pool.query(
    `insert into access.member (account, role, agency, enrolled_at) values ($1, $2, $3, now())`,
    [who.account, role, agency],
  )
  return who
}

/** `days` from the trial's present, as a form says it. */
export const inDays = (trial: Trial, days: number): string =>
  new Date(trial.clock.now().getTime() + days * 86_400_000).toISOString()

/** The kinds of this room's entries on a case, with their detail, in the order in which they were made. */
export async function logOf(trial: Trial, of: string): Promise<{ kind: string; detail: object }[]> {
  const { rows } = await trial.database.pool.query<{ kind: string; body: string }>(
    `select kind, body from audit.entry where case_id = $1 and kind ~ '^(promise|counselling|supportNote|support|referral|booking|grant)\\.' order by id`,
    [of],
  )
  return rows.map(({ kind, body }) => ({ kind, detail: (JSON.parse(body) as { detail: object }).detail }))
}
