import { expect, test } from 'vitest'
import { newId, type CaseId } from '#platform/ids'
import { on } from '#platform/jobs'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import type { Staff } from '#platform/who'
import { openCase } from '#trial-case'
import { caseClocks } from './clock.ts'
import { jobs } from './jobs.ts'
import { openTarget } from './target.ts'

const hour = 3_600_000
const heard = async () => {}
const procedure = [on('case.opened', 'matching', heard), on('address.opened', 'evidence', heard)]

/** A case in Seoul with a target whose clock ends so long from now. */
async function opened(trial: Trial, endsInMs: number, state = 'noticed'): Promise<CaseId> {
  const { case: id, address } = await openCase(
    trial,
    `https://${newId<'CaseId'>(trial.clock.now())}.example/1`,
  )
  const match = newId<'MatchId'>(trial.clock.now())
  const target = await trial.as(machine('takedown')).do(tx => openTarget(tx, { case: id, match, address }))
  await trial.database.pool.query(`update takedown.target set state = $2, clock_ends_at = $3 where id = $1`, [
    target,
    state,
    new Date(trial.clock.now().getTime() + endsInMs),
  ])
  return id
}

test('a leader sees when removal is due in the agency’s cases and what is overdue; others see those they see into', async () => {
  await using trial = await openTrial({ procedure, jobs })
  const officer = staff('officer')
  trial.team.push(officer)
  const late = await opened(trial, -hour)
  const next = await opened(trial, 5 * hour)
  await opened(trial, -hour, 'verifiedDown')
  trial.team.length = 0
  const other = await opened(trial, 2 * hour)
  const rowsOf = async (who: Staff) => (await trial.as(who).see(caseClocks)).rows
  const overdue = { case: late, running: 1, overdue: 1, nextDueAt: null }
  expect((await rowsOf(staff('leader', 'seoul'))).map(row => [row.case, row.overdue])).toEqual([
    [late, 1],
    [other, 0],
    [next, 0],
  ])
  expect(await rowsOf(officer)).toEqual([
    overdue,
    expect.objectContaining({ case: next, running: 1, overdue: 0 }),
  ])
  for (const who of [staff('leader', 'busan'), staff('commander', null), staff('administrator', null)])
    expect(await rowsOf(who), who.role).toEqual([])
})
