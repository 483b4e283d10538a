import { createHash } from 'node:crypto'
import {
  distance,
  parseFingerprint,
  qualityMin,
  turns,
  videoFingerprint,
  type Fingerprint,
  type Turn,
} from '@jikimi/fingerprint'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BankEntryId } from '#platform/ids'
import { openTrial, staff, type Trial } from '#platform/trial'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import { makeBank } from './banks.ts'
import { addEntries, withdrawEntry, type Value } from './entries.ts'
import type { MediaFingerprint } from './fingerprint-media.ts'
import { fingerprintHits, indexed, indexStatus, listedHits, scanned, type Eyes } from './listed.ts'

let trial: Trial
let place: TrialWorld
beforeAll(async () => {
  trial = await openTrial()
  place = await openTrialWorld(trial)
})
afterAll(async () => {
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

/** The world of a process with these roles and no index yet. */
function eyesOf(...roles: ('web' | 'worker' | 'matcher')[]): Eyes {
  const work = place.work('matching')
  const config = { ...work.world.config, roles }
  return { look: question => work.look(question), world: { ...work.world, config } }
}

/** Neighbours of few centres, so that many lie near each other. */
const centres = ['0f'.repeat(32), 'c3'.repeat(32), `${'a5'.repeat(16)}${'3c'.repeat(16)}`].map(
  parseFingerprint,
)
const hashes = fc
  .tuple(fc.constantFrom(...centres), fc.uniqueArray(fc.nat(255), { maxLength: 70 }))
  .map(([centre, turned]) => {
    const bits = turned.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), BigInt(`0x${centre}`))
    return parseFingerprint(bits.toString(16).padStart(64, '0'))
  })
const frames = fc.record({ hash: hashes, quality: fc.integer({ min: 30, max: 100 }) })
const values: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: frames.map(frame => ({ kind: 'picture' as const, ...frame })) },
  {
    weight: 1,
    arbitrary: fc.array(frames, { minLength: 1, maxLength: 5 }).map(all => ({
      kind: 'video' as const,
      video: videoFingerprint(
        all.map((frame, second) => ({ ...frame, atMs: second * 1000 })),
        all.length * 1000,
      ),
    })),
  },
)

/** A found film that shows these in one of its turns, and in the others what is in no bank. */
function filmOf(shown: readonly Fingerprint[], shownTurn: Turn): MediaFingerprint {
  const other = (seed: number) => parseFingerprint(createHash('sha256').update(String(seed)).digest('hex'))
  const framesOf = shown.map((hash, at) => ({
    atMs: at * 1000,
    quality: 90,
    hashes: Object.fromEntries(
      turns.map((turn, place) => [turn, turn === shownTurn ? hash : other(at * 8 + place)]),
    ) as unknown as Record<Turn, string>,
  }))
  return {
    kind: 'video',
    profile: 'pdq-512/1',
    isPartial: false,
    durationMs: shown.length * 1000,
    frames: framesOf,
  }
}

interface Known {
  readonly value: Value
  isWithdrawn: boolean
  readonly id: BankEntryId
}
const known: Known[] = []
let radius = 0

/** Distances by the definition, over all that is not withdrawn. */
function expected(asked: readonly Fingerprint[]): number[] {
  return known
    .filter(each => !each.isWithdrawn)
    .map(({ value }) => {
      const all = value.kind === 'video' ? value.video.frames : value.kind === 'picture' ? [value] : []
      const good = all.filter(frame => frame.quality >= qualityMin)
      return Math.min(...good.flatMap(each => asked.map(one => distance(one, parseFingerprint(each.hash)))))
    })
    .filter(near => near <= radius)
    .toSorted((one, other) => one - other)
}

test('the database alone and the index give the same answers, at every bank and every radius', async () => {
  const leader = trial.as(staff('leader'))
  const matcher = eyesOf('matcher')
  let banks = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(values, { minLength: 1, maxLength: 12 }),
      fc.array(hashes, { minLength: 1, maxLength: 6 }),
      fc.record({ reviewMax: fc.integer({ min: 0, max: 63 }), withdrawn: fc.nat(11) }),
      async (added, asked, { reviewMax, withdrawn }) => {
        const name = `bank ${(banks += 1)}`
        await leader.do(async tx => {
          const bank = await makeBank(tx, {
            name,
            kind: 'partner',
            source: 'test',
            isEnabled: true,
            matchMax: 0,
            reviewMax,
          })
          const incoming = added.map((value, at) => ({
            place: at,
            algorithm: value.kind === 'video' ? ('vpdq' as const) : ('pdq' as const),
            value,
            about: { opinion: 'unstated' as const },
          }))
          const { entries } = await addEntries(tx, place.world.keys, bank, incoming)
          for (const { place: at, entry } of entries)
            known.push({ value: added[at]!, id: entry, isWithdrawn: false })
          const gone = known.at(-1 - withdrawn)
          if (gone !== undefined && entries.some(({ entry }) => entry === gone.id)) {
            await withdrawEntry(tx, bank, gone.id)
            gone.isWithdrawn = true
          }
        })
        radius = Math.max(radius, reviewMax)
        const byRows = await scanned(matcher, asked)
        expect(byRows).toEqual(await indexed(matcher, asked))
        expect([...byRows.values()].toSorted((one, other) => one - other)).toEqual(expected(asked))
      },
    ),
    { numRuns: 15 },
  )
})

test('a process that is no matcher answers a small bank without reading it into memory, and as a matcher does', async () => {
  const [web, matcher] = [eyesOf('web'), eyesOf('web', 'matcher')]
  for (const centre of centres) {
    const hits = await fingerprintHits(web, [centre], 100)
    expect(hits).toEqual(await fingerprintHits(matcher, [centre], 100))
    expect(hits.length).toBeGreaterThan(0)
  }
  // A film whose frames are those of the banks' films, upright or turned over.
  for (const turn of ['identity', 'flipY'] as const) {
    const film = filmOf(centres, turn)
    const hits = await listedHits(web, film)
    expect(hits).toEqual(await listedHits(matcher, film))
    expect(hits.length).toBeGreaterThan(0)
    expect(hits.every(hit => hit.likeness.turn === turn)).toBe(true)
  }
  expect((await indexStatus(web)).indexed).toBe(0)
  expect((await indexStatus(matcher)).indexed).toBeGreaterThan(0)
})
