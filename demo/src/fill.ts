/**
 * Fills the country while somebody looks around: reports arrive from all regions, and in Seoul the officers'
 * routine goes on, so that cases stand in all states.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Cast } from './cast.ts'
import { officers } from './country.ts'
import { hosts } from './hosts/cast.ts'
import { dice } from './media/pictures.ts'
import { organise, work } from './shift.ts'
import { file, smallVictim } from './victims.ts'
import type { World } from './world.ts'

const reportsMax = 100
// A capture takes the machine a second or two; reports come no faster than they are worked off.
const pauseMs = 1_500
/** Reports without an address: fears, threats, questions. */
const withoutAddress = 0.45

interface Stage {
  readonly url: () => string
  readonly world: World
  readonly cast: Cast
  readonly notTheirs: string
}

/** Ends when the country is full, or when `signal` says so. */
export async function fillCountry(stage: Stage, signal: AbortSignal): Promise<void> {
  const roll = dice(2018)
  const regions = officers().map(seat => seat.agency)
  for (let count = 0; count < reportsMax && !signal.aborted; count += 1) {
    const region = regions[Math.floor(roll() * regions.length)]!
    if (roll() < withoutAddress) await withoutAddresses(stage, region, roll())
    else await withAddresses(stage, region, 1000 + count, roll)
    // The detective's console has every case of Seoul, for whoever looks around; the leader approves what waits.
    const { leader, detective, colleague } = stage.cast
    await organise(leader.person, [detective.person, colleague.person, leader.person]).catch(() => {})
    // Every fourth round leaves things waiting, so that there is something to do for whoever looks around.
    if (count % 4 === 3) await routine(stage)
    await pause(pauseMs, undefined, { signal }).catch(() => {})
  }
}

async function withAddresses(
  { url, world }: Stage,
  region: string,
  seed: number,
  roll: () => number,
): Promise<void> {
  const first = Math.floor(roll() * hosts.length)
  const names = [hosts[first]!.name, hosts[(first + 2) % hosts.length]!.name].slice(0, roll() < 0.6 ? 1 : 2)
  await smallVictim(url, world, { seed, region, hosts: names, concern: roll() < 0.3 ? 'deepfake' : 'leak' })
}

async function withoutAddresses({ url }: Stage, region: string, chance: number): Promise<void> {
  await file(url, {
    concern: chance < 0.5 ? 'threat' : 'hiddenCamera',
    story: '아직 어디에 있는지는 모르지만 도움을 받고 싶습니다. (시연용 이야기)',
    region,
    wantsWoman: chance < 0.6,
    addresses: [],
    fingerprints: [],
  })
}

/** The colleague's round: the detective is left to whoever looks around. */
async function routine({ cast, world, notTheirs }: Stage): Promise<void> {
  const { person } = cast.colleague
  const leader = cast.leader.person
  await work({
    leader,
    detective: person,
    colleague: leader,
    world,
    notTheirs: new Set([notTheirs]),
  }).catch(() => {})
}
