import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addFoundAddress } from '#intake'
import { reportOfCase } from '#cases'
import type { Tx } from '#platform/database'
import { newId, type CaseId } from '#platform/ids'
import { on } from '#platform/jobs'
import { Refusal } from '#platform/refusals'
import { after, hourMs } from '#platform/time'
import { openTrial } from '#platform/trial'
import { openCase, picture, room } from './given.ts'
import { jobs } from './jobs.ts'
import { step, take } from './ladder.ts'
import { seenDown, seenSoft, seenUp } from './life.ts'
import { noteHandover, notify, write } from './notice.ts'
import * as directory from './provider-store.ts'
import { addProvider, addresseeOf, type Contact } from './provider.ts'
import { followReply } from './reply.ts'
import { replyKinds } from './schema.ts'
import { next, stateNames, type StateName } from './states.ts'
import * as store from './store.ts'
import { chooseChannel, decide, openTarget, withdraw, withdrawReversed } from './target.ts'

const heard = async () => {}
const procedure = (
  ['case.opened', 'address.opened', 'case.closed', 'target.exhausted', 'target.settled'] as const
).map(event => on(event, 'blocking', heard))
const desk = { mailFrom: 'takedown@jikimi.example' }

const Move = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('climb' as const),
      isKnown: fc.boolean(),
      hours: fc.constantFrom(0, 25),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      seen: fc.constantFrom('down', 'up', 'soft'),
      vantage: fc.constantFrom('a', 'b'),
      hours: fc.constantFrom(0, 7),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('reply' as const), kind: fc.constantFrom(...replyKinds) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('step' as const), hours: fc.constantFrom(0, 25) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('hand' as const),
      at: fc.constantFrom('accepted', 'accepted', 'accepted', 'unconfirmed', 'refused'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('person' as const),
      says: fc.constantFrom('down', 'up', 'notify', 'choose'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('withdraw', 'takeBack', 'confirmAgain') }) },
)
type Move = typeof Move extends fc.Arbitrary<infer T> ? T : never

async function given() {
  const trial = await openTrial({ procedure, jobs })
  const opened = await openCase(trial, ['http://first.example/p/1'], await picture(11))
  const channels = await trial.as(room).do(async tx => {
    const id = await addProvider(tx, {
      name: 'p',
      kind: 'platform',
      country: 'KR',
      domains: [],
      channels: [0, 1, 2].map(each => ({
        type: 'mail',
        address: `abuse${each}@host.example`,
        language: 'ko',
      })),
    })
    return directory.usableChannels(tx, id)
  })
  /** Plays a history from `begin` on in a transaction of its own. */
  const play = (url: string, moves: readonly Move[], begin?: Begin) =>
    trial.as(room).do(async tx => {
      // Bounces of one history are not those of the next.
      for (const each of channels) await directory.addChannel(tx, each)
      return historyOf(tx, opened.case, url, moves, channels, begin)
    })
  return { trial, play }
}

const allowed = stateNames.flatMap(from => next[from].map(to => `${from} → ${to}`))

test('over random histories no transition is taken that the table does not have', async () => {
  const { trial, play } = await given()
  await using _ = trial
  let count = 0
  await fc.assert(
    fc.asyncProperty(fc.array(Move, { minLength: 6, maxLength: 20 }), async moves => {
      const taken = await play(`http://host.example/p/${(count += 1)}`, moves)
      expect(taken.filter(pair => !allowed.includes(pair))).toEqual([])
    }),
    { numRuns: 15, endOnFailure: true },
  )
}, 240_000)

test('every transition of the table is taken by some move, and none else', async () => {
  const { trial, play } = await given()
  await using _ = trial
  const taken = new Set<string>()
  for (const state of stateNames)
    for (const rung of [1, 3])
      for (const [index, moves] of directed.entries())
        for (const pair of await play(`http://host.example/${state}/${rung}/${index}`, moves, {
          state,
          rung,
        }))
          taken.add(pair)
  expect([...taken].filter(pair => !allowed.includes(pair)).toSorted()).toEqual([])
  expect(allowed.filter(pair => !taken.has(pair)).toSorted()).toEqual([])
}, 240_000)

const directed: readonly (readonly Move[])[] = [
  [
    { do: 'climb', isKnown: true, hours: 0 },
    { do: 'hand', at: 'refused' },
  ],
  [{ do: 'climb', isKnown: false, hours: 25 }],
  [
    { do: 'look', seen: 'down', vantage: 'b', hours: 7 },
    { do: 'look', seen: 'up', vantage: 'a', hours: 0 },
  ],
  [{ do: 'look', seen: 'up', vantage: 'a', hours: 0 }],
  [
    { do: 'look', seen: 'soft', vantage: 'a', hours: 0 },
    { do: 'look', seen: 'up', vantage: 'a', hours: 0 },
  ],
  [{ do: 'step', hours: 25 }],
  [{ do: 'person', says: 'notify' }],
  [{ do: 'withdraw' }],
  [{ do: 'takeBack' }, { do: 'confirmAgain' }],
  ...(['refuses', 'asksForMore', 'claimsRemoved', 'bounce'] as const).map(kind => [
    { do: 'reply' as const, kind },
  ]),
]

interface Begin {
  readonly state: StateName
  readonly rung: number
}

/** Puts a new target where a history may have brought it: with a notice that went out, where one had to. */
async function putAt(
  tx: Tx,
  target: store.TargetRow,
  { state, rung }: Begin,
  channel: store.ChannelRow,
): Promise<void> {
  if (state === 'open') return
  const isAsked = state !== 'awaitingChannel' || rung > 1
  if (isAsked) {
    const addressee = addresseeOf[rung]!
    const notice = await write(tx, target, desk, {
      rung,
      reminder: 1,
      addressee,
      channel,
      regime: 'krTelecom',
    })
    await noteHandover(tx, notice.id, { at: 'accepted', answer: '250' })
  }
  await store.changeTarget(tx, target.id, {
    state,
    ...(state === 'awaitingChannel' ? { noticed_at: null, channel_id: null, clock_ends_at: tx.now } : {}),
    ...(state === 'downOnce' ? { first_down_at: tx.now, first_down_vantage: 'a' } : {}),
    ...(state === 'downOnce' && rung === 3 ? { spent_at: tx.now } : {}),
    ...(state === 'suspectedDown' && rung === 3 ? { spent_at: tx.now } : {}),
    ...(state === 'exhausted' ? { spent_at: tx.now } : {}),
    ...(state === 'reappeared' ? { noticed_at: null, round: 2, reminder: 0 } : {}),
  })
}

/** Plays one history in one transaction, its time moved by hand, and tells the transitions it took. */
async function historyOf(
  tx: Tx,
  caseId: CaseId,
  url: string,
  moves: readonly Move[],
  channels: readonly store.ChannelRow[],
  begin?: Begin,
): Promise<readonly string[]> {
  const address = await addFoundAddress(tx, await reportOfCase(tx, caseId), url)
  const id = await openTarget(tx, { case: caseId, address, match: newId<'MatchId'>(tx.now) })
  if (begin !== undefined) await putAt(tx, (await store.target(tx, id))!, begin, channels[0]!)
  const pairs: string[] = []
  let now = tx.now
  for (const move of moves) {
    now = after(now, ('hours' in move ? move.hours : 0) * hourMs)
    const before = (await store.target(tx, id))!
    try {
      await play({ ...tx, now }, before, move, channels)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
    const { state } = (await store.target(tx, id))!
    if (state !== before.state) pairs.push(`${before.state} → ${state}`)
  }
  return pairs
}

const matchOf = (tx: Tx, target: store.TargetRow) => ({
  case: target.case_id,
  address: target.address_id,
  match: newId<'MatchId'>(tx.now),
})

async function play(
  tx: Tx,
  target: store.TargetRow,
  move: Move,
  channels: readonly store.ChannelRow[],
): Promise<unknown> {
  const last = (await store.noticesOf(tx, target.id)).at(-1)
  switch (move.do) {
    case 'climb': {
      const rung = Math.min(
        3,
        target.rung +
          (target.rung === 0 || ['awaitingChannel', 'reappeared'].includes(target.state)
            ? Number(target.rung === 0)
            : 1),
      )
      const channel = channels[Math.max(0, rung - 1)]!
      const known: Contact | undefined = move.isKnown
        ? { from: 'directory', channel, country: 'KR' }
        : undefined
      return take(tx, target.id, Math.max(1, rung), known, desk)
    }
    case 'look': {
      if (move.seen === 'down') return seenDown(tx, target, { vantage: move.vantage, lookOuts: 2 })
      return move.seen === 'up' ? seenUp(tx, target) : seenSoft(tx, target)
    }
    case 'reply':
      return last === undefined || last.sent_at === null
        ? undefined
        : followReply(tx, last, target, move.kind)
    case 'step':
      return step(tx, target, desk)
    case 'hand':
      if (last?.state !== 'queued') return undefined
      if (move.at === 'refused')
        return noteHandover(tx, last.id, { at: 'refused', isFinal: true, answer: '550' })
      return noteHandover(
        tx,
        last.id,
        move.at === 'accepted' ? { at: 'accepted', answer: '250' } : { at: 'unconfirmed' },
      )
    case 'person':
      if (move.says === 'notify') return notify(tx, target.id, desk)
      if (move.says === 'choose') return chooseChannel(tx, target.id, channels[0]!.id, desk)
      return decide(tx, target.id, move.says === 'down' ? 'down' : 'up')
    case 'takeBack':
      return withdrawReversed(tx, matchOf(tx, target))
    case 'confirmAgain':
      return openTarget(tx, matchOf(tx, target))
    case 'withdraw':
    default:
      return withdraw(tx, target.id, 'victimsWish')
  }
}
