import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fingerprint } from '@jikimi/fingerprint'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { crc32c } from './crc32c.ts'
import { bytesOf, numbersFrom, randomHash, scanned, somePlaces, withFlips } from './given.ts'
import { aes256Gcm, open, StoreError, type FingerprintStore, type StoreOptions } from './store.ts'

interface Pair {
  readonly id: bigint
  readonly hash: Fingerprint
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fingerprints-'))
})
afterEach(() => rm(folder, { recursive: true }))

const next = numbersFrom(1124)
const centre = randomHash(next)
const hashes = Array.from({ length: 40 }, (_, i) => withFlips(centre, somePlaces(next, i)))
const key = aes256Gcm(Uint8Array.from({ length: 32 }, (_, i) => i))

function expectHolds(store: FingerprintStore, pairs: readonly Pair[]): void {
  expect(store.size).toBe(pairs.length)
  for (const radius of [0, 31, 256]) {
    expect(store.search(centre, { radius })).toEqual(scanned(pairs, centre, radius))
  }
}

/** What a kill leaves: the files as they are at one moment, so copied again if a snapshot changed them meanwhile. */
async function killed(store: string): Promise<string> {
  const left = join(folder, 'killed')
  for (;;) {
    const before = await readdir(store)
    await rm(left, { recursive: true, force: true })
    await cp(store, left, { recursive: true }).catch(() => undefined)
    const after = await readdir(store)
    if (before.join() === after.join() && !after.some(name => name.endsWith('.tmp'))) return left
  }
}

let runs = 0
const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'remove', 'addMany', 'snapshot', 'reopen', 'kill'),
  id: fc.nat(12),
  hash: fc.nat(39),
})

test.each<[string, StoreOptions]>([
  ['in the clear', { engine: 'plain', tailRows: 7 }],
  ['enciphered', { engine: 'plain', tailRows: 7, cipher: key, logMaxBytes: 600 }],
  ['in WebAssembly', { engine: 'wasm', tailRows: 7, cipher: key }],
])(
  'what was acknowledged is there after closing, snapshots and kills, and what was removed is not (%s)',
  async (_, options) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const place = join(folder, `store-${++runs}`)
        let store = await open(place, options)
        let pairs: Pair[] = []
        for (const { kind, id, hash: at } of steps) {
          const pair = { id: BigInt(id), hash: hashes[at]! }
          if (kind === 'add') {
            await store.add(pair.id, pair.hash)
            pairs.push(pair)
          } else if (kind === 'remove') {
            expect(await store.remove(pair.id)).toBe(pairs.filter(each => each.id === pair.id).length)
            pairs = pairs.filter(each => each.id !== pair.id)
          } else if (kind === 'addMany') {
            const many = hashes.slice(at, at + 4).map((hash, i) => ({ id: BigInt(id + i), hash }))
            await store.addMany(
              BigUint64Array.from(many, each => each.id),
              bytesOf(many.map(each => each.hash)),
            )
            pairs.push(...many)
          } else if (kind === 'snapshot') await store.snapshot()
          else if (kind === 'reopen') {
            await store.close()
            store = await open(place, options)
            expect(store.opened.cutBytes).toBe(0)
          } else {
            const survivor = await open(await killed(place), options)
            expectHolds(survivor, pairs)
            await survivor.close()
          }
          expectHolds(store, pairs)
        }
        await store.close()
      }),
      { numRuns: 15 },
    )
  },
)

test('a log torn at any byte of its last group opens with all that was acknowledged before', async () => {
  for (const options of [{ engine: 'plain' }, { engine: 'plain', cipher: key }] as StoreOptions[]) {
    await rm(join(folder, 'store'), { recursive: true, force: true })
    const store = await open(join(folder, 'store'), options)
    const pairs = hashes.slice(0, 6).map((hash, i) => ({ id: BigInt(i), hash }))
    for (const pair of pairs) await store.add(pair.id, pair.hash)
    const whole = (await readFile(join(folder, 'store', 'log-0'))).length
    await store.remove(2n)
    await Promise.all([store.add(7n, hashes[7]!), store.add(8n, hashes[8]!)])
    await store.close()
    const log = await readFile(join(folder, 'store', 'log-0'))
    const removed = pairs.filter(pair => pair.id !== 2n)
    const removing = whole + (options.cipher ? 16 + 9 + 28 : 16 + 9)
    for (let bytes = whole; bytes < log.length; bytes++) {
      await writeFile(join(folder, 'store', 'log-0'), log.subarray(0, bytes))
      const torn = await open(join(folder, 'store'), options)
      expectHolds(torn, bytes < removing ? pairs : removed)
      expect(torn.opened.cutBytes).toBe(bytes < removing ? bytes - whole : bytes - removing)
      await torn.add(9n, hashes[9]!)
      await torn.close()
      if (bytes % 9 > 0) continue
      const again = await open(join(folder, 'store'), options)
      expect(again.search(hashes[9]!, { radius: 0 })).toContainEqual({ id: 9n, distance: 0 })
      await again.close()
    }
  }
})

test('damage before the last group is refused, not cut off: it was acknowledged', async () => {
  const store = await open(join(folder, 'store'), { engine: 'plain' })
  for (let i = 0; i < 4; i++) await store.add(BigInt(i), hashes[i]!)
  await store.close()
  const path = join(folder, 'store', 'log-0')
  const log = await readFile(path)
  for (let at = 0; at < log.length - 57 * 2; at += 7) {
    const hurt = Buffer.from(log)
    hurt[at]! ^= 0x10
    await writeFile(path, hurt)
    await expect(open(join(folder, 'store'))).rejects.toMatchObject({ code: 'damaged' })
  }
  await writeFile(path, log)
  await (await open(join(folder, 'store'))).close()
})

test('killed at any point of a snapshot, it opens with all of it', async () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  const store = await open(join(folder, 'store'), { engine: 'plain' })
  const pairs = hashes.slice(0, 9).map((hash, i) => ({ id: BigInt(i), hash }))
  for (const pair of pairs) await store.add(pair.id, pair.hash)
  await store.remove(4n)
  await cp(join(folder, 'store'), before, { recursive: true })
  await store.snapshot()
  await store.add(4n, hashes[20]!)
  await store.close()
  await cp(join(folder, 'store'), after, { recursive: true })
  const held = pairs.filter(pair => pair.id !== 4n)
  const more = [...held, { id: 4n, hash: hashes[20]! }]
  const states: { files: [string, string][]; pairs: Pair[] }[] = [
    { files: [], pairs: held }, // before it began
    { files: [['log-1', 'log-1']], pairs: more }, // the new log in use, no snapshot yet
    {
      files: [
        ['log-1', 'log-1'],
        ['snapshot-1', 'snapshot-1.tmp'],
      ],
      pairs: more,
    }, // not yet renamed
    {
      files: [
        ['log-1', 'log-1'],
        ['snapshot-1', 'snapshot-1'],
      ],
      pairs: more,
    }, // the old files not yet dropped
  ]
  for (const [at, state] of states.entries()) {
    const left = join(folder, `left-${at}`)
    await cp(before, left, { recursive: true })
    for (const [from, to] of state.files) await copyFile(join(after, from), join(left, to))
    const survivor = await open(left)
    expectHolds(survivor, state.pairs)
    await survivor.snapshot()
    await survivor.close()
    const again = await open(left)
    expectHolds(again, state.pairs)
    await again.close()
  }
})

test('a damaged snapshot and a missing log are refused; a snapshot a crash left half made is not read', async () => {
  const store = await open(join(folder, 'store'), { engine: 'plain' })
  for (let i = 0; i < 9; i++) await store.add(BigInt(i), hashes[i]!)
  await store.snapshot()
  await store.close()
  await writeFile(join(folder, 'store', 'snapshot-9.tmp'), 'half')
  const opened = await open(join(folder, 'store'))
  expect(opened.opened).toEqual({ snapshotRows: 9, logChanges: 0, cutBytes: 0 })
  expect((await readdir(join(folder, 'store'))).sort()).toEqual(['lock', 'log-1', 'snapshot-1'])
  await opened.close()
  const path = join(folder, 'store', 'snapshot-1')
  const whole = await readFile(path)
  for (let at = 0; at < whole.length; at += 13) {
    const hurt = Buffer.from(whole)
    hurt[at]! ^= 1
    await writeFile(path, hurt)
    await expect(open(join(folder, 'store'))).rejects.toMatchObject({ code: 'damaged' })
    await writeFile(path, whole.subarray(0, at))
    await expect(open(join(folder, 'store'))).rejects.toMatchObject({ code: 'damaged' })
  }
  await writeFile(path, whole)
  await rm(join(folder, 'store', 'log-1'))
  await expect(open(join(folder, 'store'))).rejects.toMatchObject({ code: 'damaged' })
})

test('nothing readable lies on disk with a cipher, another key does not open it, and blocks do not change places', async () => {
  const store = await open(join(folder, 'store'), { cipher: key })
  await store.add(0x4242424242424242n, hashes[1]!)
  await store.snapshot()
  await store.add(0x4242424242424242n, hashes[2]!)
  await store.add(0x4242424242424242n, hashes[2]!)
  await store.close()
  for (const name of await readdir(join(folder, 'store'))) {
    const bytes = await readFile(join(folder, 'store', name))
    expect(bytes.includes('BBBBBBBB')).toBe(false)
    expect(bytes.includes(Buffer.from(hashes[2]!, 'hex'))).toBe(false)
  }
  const other = aes256Gcm(new Uint8Array(32))
  await expect(open(join(folder, 'store'), { cipher: other })).rejects.toMatchObject({
    code: 'undecipherable',
  })
  const path = join(folder, 'store', 'log-1')
  const log = await readFile(path)
  const half = log.length / 2
  await writeFile(path, Buffer.concat([log.subarray(half), log.subarray(0, half)]))
  await expect(open(join(folder, 'store'), { cipher: key })).rejects.toBeInstanceOf(StoreError)
})

test('one process at a time: a folder that is open is refused, a lock left by a kill is not in the way', async () => {
  const store = await open(join(folder, 'store'))
  await expect(open(join(folder, 'store'))).rejects.toMatchObject({ code: 'inUse' })
  await store.close()
  await store.close()
  await expect(store.add(1n, hashes[0]!)).rejects.toMatchObject({ code: 'closed' })
  await writeFile(join(folder, 'store', 'lock'), '999999999')
  await (await open(join(folder, 'store'))).close()
  await writeFile(join(folder, 'store', 'lock'), '1') // alive, and not this one
  await expect(open(join(folder, 'store'))).rejects.toMatchObject({ code: 'inUse' })
})

test('changes asked for together share a group, and a snapshot taken meanwhile loses none', async () => {
  const store = await open(join(folder, 'store'), { engine: 'plain' })
  const adding = Array.from({ length: 300 }, (_, i) => store.add(BigInt(i), hashes[i % 40]!))
  const snapshot = store.snapshot()
  const more = Array.from({ length: 300 }, (_, i) => store.add(BigInt(1000 + i), hashes[i % 40]!))
  await Promise.all([...adding, ...more, snapshot])
  await store.snapshot()
  await copyFile(join(folder, 'store', 'snapshot-2'), join(folder, 'kept'))
  await store.close()
  const again = await open(join(folder, 'store'))
  expect(again.size).toBe(600)
  expect(again.opened.logChanges).toBe(0)
  await again.close()
})

test('the checksum is CRC-32C, on whatever boundary the bytes lie', () => {
  // Check value and the iSCSI examples (RFC 3720 B.4).
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43)
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e)
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 197) % 251)
  for (let from = 0; from < 9; from++) {
    const moved = new Uint8Array(1100).subarray(from, from + 1000)
    moved.set(bytes)
    expect(crc32c(moved)).toBe(crc32c(bytes.subarray(300), crc32c(bytes.subarray(0, 300))))
  }
})
