/**
 * The ladder: operator, host, regulator, each asked, reminded, and left behind when its time is up. A step is
 * taken only on a target that is up; the look before it stands in `recheck.ts`.
 *
 * @module
 */
import { lastRung, remindersOn } from '@jikimi/law'
import { z } from 'zod'
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { ids, type TargetId } from '#platform/ids'
import { job, later } from '#platform/jobs'
import { after } from '#platform/time'
import { about, exhaust, pass, turnsOf } from './life.ts'
import { regimeOf, write, writeBeside, type Desk } from './notice.ts'
import * as directory from './provider-store.ts'
import { addresseeOf, channelOf, findContact, type Contact } from './provider.ts'
import { officerMs } from './schedule.ts'
import { isUp } from './states.ts'
import * as store from './store.ts'
import type { TargetRow } from './store.ts'

/** Takes the target onto a rung: finds whom to ask there, and asks. */
export const climb = job(
  'takedown',
  'climb',
  z.object({ target: ids.TargetId, rung: z.number().int().min(1).max(lastRung) }),
  async (work, { target: id, rung }) => {
    const target = await work.look(tx => mayClimb(tx, id, rung))
    if (target === undefined) return
    const contact = await findContact(work, target, rung)
    await work.act(tx => take(tx, id, rung, contact, work.world.config))
  },
  { attempts: 4, retryAfterS: 5, timeoutS: 90 },
)

async function mayClimb(tx: ReadTx, id: TargetId, rung: number): Promise<TargetRow | undefined> {
  const target = await store.target(tx, id)
  return target !== undefined && isToClimb(target, rung) ? target : undefined
}

/** Up, and not asked on this rung yet (or its contact has failed, or the material is back). */
function isToClimb(target: TargetRow, rung: number): boolean {
  const isAsked = target.rung === rung && !['open', 'awaitingChannel', 'reappeared'].includes(target.state)
  return isUp(target.state) && target.rung <= rung && !isAsked
}

/** Asks whoever was found for the rung; without anybody the ladder goes on, or an officer is asked. */
export async function take(
  tx: Tx,
  id: TargetId,
  rung: number,
  contact: Contact | undefined,
  desk: Desk,
): Promise<void> {
  const target = await store.targetForUpdate(tx, id)
  // Gone, withdrawn or further up the ladder while the contact was looked up.
  if (target === undefined || !isToClimb(target, rung)) return
  if (contact === undefined) return findNobody(tx, target, rung)
  const { channel } = await channelOf(tx, contact)
  await record(
    tx,
    'provider.found',
    { ...about(target), provider: channel.provider_id, channel: channel.id },
    { rung, source: contact.from },
  )
  const regime = await regimeOf(tx, channel, rung)
  const addressee = addresseeOf[rung] ?? 'operator'
  const reminder = target.rung === rung ? target.reminder : 0
  await write(tx, target, desk, { rung, reminder, addressee, channel, regime })
  if (rung === 1 && turnsOf(target) === 1) await askRegulator(tx, target, desk)
}

/** SVPA 23-2(1), CPA 38-2: the regulator is asked at once as well, where its channel is known. */
async function askRegulator(tx: Tx, target: TargetRow, desk: Desk): Promise<void> {
  for (const regulator of await directory.regulators(tx, 'KR')) {
    const [channel] = await directory.usableChannels(tx, regulator.id)
    if (channel === undefined) continue
    return writeBeside(tx, target, desk, {
      rung: 1,
      reminder: 0,
      addressee: 'regulator',
      channel,
      regime: 'krSvpa',
    })
  }
}

/**
 * Nobody is known on this rung. On the first one an officer is asked to choose a channel, and has a day for
 * it; a host or regulator that nobody can reach does not hold the ladder up.
 */
async function findNobody(tx: Tx, target: TargetRow, rung: number): Promise<void> {
  const waitEndsAt = target.state === 'awaitingChannel' ? target.clock_ends_at : null
  if (rung > 1 || (waitEndsAt !== null && waitEndsAt <= tx.now)) return escalate(tx, target, rung)
  const until = waitEndsAt ?? after(tx.now, officerMs)
  await pass(tx, target, 'awaitingChannel', {
    attention: 'noChannel',
    channel_id: null,
    clock_ends_at: until,
    act_at: until,
  })
}

/** Leaves `rung` behind: the next one, or the end of the ladder. */
async function escalate(tx: Tx, target: TargetRow, rung: number): Promise<void> {
  if (rung >= lastRung)
    return void (await exhaust(tx, await store.changeTarget(tx, target.id, { rung: lastRung })))
  await record(tx, 'target.escalated', about(target), { from: rung, to: rung + 1, round: target.round })
  await store.changeTarget(tx, target.id, { act_at: null })
  await later(tx, climb, { target: target.id, rung: rung + 1 })
}

/**
 * The ladder's next step on a target that a fresh look has not found down: the first notice, a reminder, the
 * next rung, or the end.
 */
export async function step(tx: Tx, target: TargetRow, desk: Desk): Promise<void> {
  if (!isUp(target.state)) return
  const rung = Math.max(1, target.rung)
  if (target.state === 'open' || target.state === 'awaitingChannel')
    return later(tx, climb, { target: target.id, rung })
  if (target.state === 'refused') return escalate(tx, target, rung)
  if (target.state !== 'reappeared') return remindOrEscalate(tx, target, rung, desk)
  // The first time the rung that had removed it; from the second return on, the next one.
  return later(tx, climb, {
    target: target.id,
    rung: turnsOf(target) > 2 ? Math.min(rung + 1, lastRung) : rung,
  })
}

async function remindOrEscalate(tx: Tx, target: TargetRow, rung: number, desk: Desk): Promise<void> {
  const channel = target.channel_id === null ? undefined : await directory.channel(tx, target.channel_id)
  const isUsable = channel !== undefined && channel.is_active && channel.bounced_at === null
  // A form is not handed in twice: its officer has had a day, and the ladder goes on.
  if (!isUsable || channel.type !== 'mail' || target.reminder >= remindersOn(rung))
    return escalate(tx, target, rung)
  await write(tx, target, desk, {
    rung,
    reminder: target.reminder + 1,
    addressee: addresseeOf[rung] ?? 'operator',
    channel,
    regime: target.regime ?? (await regimeOf(tx, channel, rung)),
  })
}
