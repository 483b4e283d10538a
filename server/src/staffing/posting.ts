import { moveOfficer } from '#access'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type OfficerId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { refuse } from '#platform/refusals'
import { agencyNamed } from './agencies.ts'
import { refused } from './errors.ts'
import { keepingTheRule, openWarnings } from './keeping.ts'
import { teamBreachesOf, unitBreachesOf } from './rules.ts'
import type { Skill } from './roster-schema.ts'
import type { Establishment, NewOfficer, NewPosting, OfficerRow, Staffing } from './schema.ts'
import * as store from './store.ts'

/**
 * Adds an officer to the unit and posts them.
 * @throws staffing.noAgency
 * @throws staffing.ruleBroken, staffing.notCommander, staffing.wrongDate
 */
export async function addOfficer(tx: Tx, form: NewOfficer): Promise<OfficerId> {
  const id = newId<'OfficerId'>(tx.now)
  const { name, isWoman, isLeader, agency } = form
  await agencyNamed(tx, agency)
  return keepingTheRule(tx, form.despite, async () => {
    await store.addOfficer(tx, { id, name, is_woman: isWoman, is_leader: isLeader, added_at: tx.now })
    await record(tx, 'officer.added', { officer: id })
    await begin(tx, id, agency)
    return id
  })
}

/**
 * Posts an officer to another agency. The old posting stays in the history; an account of theirs sees the new
 * agency's cases from here on. Posting them where they are changes nothing.
 * @throws staffing.noOfficer
 * @throws staffing.stillHasCases nobody would work on the cases that they leave behind
 * @throws staffing.noAgency
 * @throws staffing.ruleBroken, staffing.notCommander, staffing.wrongDate
 */
export async function post(tx: Tx, officer: OfficerId, { agency, despite }: NewPosting): Promise<void> {
  if ((await store.officer(tx, officer)) === undefined) refuse(refused.noOfficer({ officer }))
  await agencyNamed(tx, agency)
  await keepingTheRule(tx, despite, () => move(tx, officer, agency))
}

async function move(tx: Tx, officer: OfficerId, agency: string): Promise<void> {
  const present = await store.openPosting(tx, officer)
  if (present?.agency === agency) return
  if (present !== undefined) {
    // Under the lock no case is given to them while they leave.
    await store.lockAgency(tx, present.agency)
    const served = await store.officers(tx, present.agency)
    const load = served.find(each => each.id === officer)?.load ?? 0
    if (load > 0) refuse(refused.stillHasCases({ officer, load }))
    await store.endPosting(tx, present.id, tx.now)
  }
  await begin(tx, officer, agency)
  await moveOfficer(tx, officer, agency)
  if (present !== undefined) await emit(tx, 'officer.away', { officer })
}

async function begin(tx: Tx, officer: OfficerId, agency: string): Promise<void> {
  await store.lockAgency(tx, agency)
  await store.addPosting(tx, { id: newId<'PostingId'>(tx.now), officer, agency, from_at: tx.now })
  await record(tx, 'officer.posted', { officer }, { agency })
}

/**
 * Sets how many officers the unit has in all.
 * @throws staffing.ruleBroken, staffing.notCommander, staffing.wrongDate
 */
export async function setEstablishment(tx: Tx, { officers: count, despite }: Establishment): Promise<void> {
  await keepingTheRule(tx, despite, () => store.setEstablishment(tx, count))
  await record(tx, 'establishment.changed', {}, { officers: count })
}

/**
 * Who serves, in one agency or in all of them. How busy each is stands there as far as the caller counts their
 * cases; where it does not, the order says nothing about it either.
 */
export async function officers(tx: ReadTx, agency?: string): Promise<OfficerRow[]> {
  const loads = await store.shownLoads(tx)
  const busy = await store.officers(tx, agency)
  const areAllShown = busy.every(row => loads.has(row.id))
  const rows = areAllShown ? busy : busy.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return rows.map(row => ({
    officer: row.id,
    name: row.name,
    agency: row.agency,
    isWoman: row.is_woman,
    isLeader: row.is_leader,
    load: loads.get(row.id) ?? null,
    languages: row.languages,
    skills: row.skills as Skill[],
  }))
}

/** Each agency's team, how busy it is, and which of the unit's rules it breaks. */
export async function staffing(tx: ReadTx): Promise<Staffing> {
  const loads = await store.shownLoads(tx)
  const serving = await store.officers(tx)
  const establishment = await store.establishment(tx)
  const all = await store.agencies(tx)
  const rows = all.map(({ code, ko, en }) => {
    const team = serving.filter(each => each.agency === code)
    const counts = { officers: team.length, women: team.filter(each => each.is_woman).length }
    const isCounted = team.every(each => loads.has(each.id))
    const load = isCounted ? team.reduce((sum, each) => sum + (loads.get(each.id) ?? 0), 0) : null
    return { agency: code, ko, en, ...counts, load, breaches: teamBreachesOf(counts) }
  })
  const breaches = unitBreachesOf(rows, establishment)
  return { total: serving.length, establishment, breaches, rows, warnings: await openWarnings(tx) }
}
