/**
 * What tests of this room begin with: a case with a target that stayed up, two officers of its agency, and the
 * clock that publishes.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportForm } from '#intake'
import { newId, type AddressId, type BlockOrderId, type CaseId, type TargetId } from '#platform/ids'
import type { Work } from '#platform/jobs'
import { machine, silentLog, staff, type Trial } from '#platform/trial'
import { trialKeys } from '#platform/trial-keys'
import type { Staff } from '#platform/who'
import type { World } from '#platform/world'
import { addOfficer } from '#staffing'
import { openCase } from '#trial-case'
import { approve, listOrders, propose, request } from './order.ts'
import { publish } from './publish.ts'
import type { Basis, Scope } from './schema.ts'

export const room = machine('blocking')

export interface Exhausted {
  readonly case: CaseId
  readonly address: AddressId
  readonly target: TargetId
  readonly order: BlockOrderId
}

/** A desk in Seoul: two officers or one, a folder for what is published, and `tick`, which publishes. */
export async function openDesk(trial: Trial, team: readonly string[] = ['김수사', '이수사']) {
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-blocking-'))
  for (const name of team)
    await trial
      .as(machine('staffing'))
      .do(tx => addOfficer(tx, { name, isWoman: true, isLeader: false, agency: 'seoul' }))
  const world = { config: { dataFolder: folder }, clock: trial.clock, log: silentLog } as unknown as World
  const work: Work = {
    act: verb => trial.as(room).do(verb),
    look: question => trial.as(room).see(question),
    log: silentLog,
    world,
    signal: new AbortController().signal,
    isLastAttempt: true,
  }
  const [first, second] = [staff('officer'), staff('leader')]
  trial.team.push(first, second)
  return {
    first,
    second,
    folder,
    work,
    tick: () => publish(work),
    orderOf: async (order: BlockOrderId) =>
      (await trial.as(room).see(tx => listOrders(tx, { limit: 200 }))).rows.find(
        each => each.order === order,
      )!,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A case whose address stayed up on every rung, and the proposal to block it. */
export async function exhausted(
  trial: Trial,
  url: string,
  change: Partial<ReportForm> = {},
): Promise<Exhausted> {
  const { case: id, address } = await openCase(trial, url, [], trialKeys, change)
  const target = newId<'TargetId'>(trial.clock.now())
  const order = await trial.as(room).do(tx => propose(tx, { case: id, target, address }))
  return { case: id, address, target, order }
}

/** Requested by one person, approved by another. */
export async function approved(
  trial: Trial,
  persons: { first: Staff; second: Staff },
  order: BlockOrderId,
  asked: { basis?: Basis; scope?: Scope } = {},
): Promise<void> {
  const wish = { basis: asked.basis ?? 'krSvpa23x2', scope: asked.scope ?? 'host' } as const
  await trial.as(persons.first).do(tx => request(tx, order, wish, persons.first.account))
  await trial.as(persons.second).do(tx => approve(tx, order, persons.second.account))
}
