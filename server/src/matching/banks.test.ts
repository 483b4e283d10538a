import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { distance, type Fingerprint } from '@jikimi/fingerprint'
import { mayDo } from '#access'
import { openTrial, staff, type Trial } from '#platform/trial'
import { openTrialFront, type Ask } from '#platform/trial-front'
import { madePicture } from '#platform/trial-media'
import { databaseAsText } from '#platform/trial-rows'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import { lookupsPerMinuteMax, type Added, type Hit } from './bank-schema.ts'
import { reported } from './given.ts'
import { jobs } from './jobs.ts'
import { keep } from './keep.ts'
import { routes } from './routes.ts'

let trial: Trial
let place: TrialWorld
let front: Awaited<ReturnType<typeof openTrialFront>>
const leader = staff('leader')
const administrator = staff('administrator', null)
beforeAll(async () => {
  trial = await openTrial({ jobs })
  place = await openTrialWorld(trial)
  front = await openTrialFront(trial, { world: place.world, routes, mayDo })
})
afterAll(async () => {
  await front.close()
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

// The front of a test knows two methods by type; the server takes all.
const ask = (who: typeof leader, method: string, url: string, payload?: object) =>
  front.ask(who, method as Parameters<Ask>[1], url, payload)

async function newBank(name: string, more: object = {}): Promise<string> {
  const made = await ask(leader, 'POST', '/banks', { name, kind: 'national', source: '경찰청', ...more })
  expect(made.statusCode, made.body).toBe(201)
  return made.json<{ bank: string }>().bank
}
async function add(bank: string, ...entries: object[]) {
  const answer = await ask(leader, 'POST', `/banks/${bank}/entries`, { entries })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ added: number; known: number; withdrawn: number; entries: { entry: string }[] }>()
}
async function hitsOf(asked: object, who = staff('officer')): Promise<Hit[]> {
  const answer = await ask(who, 'POST', '/lookups', asked)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ hits: Hit[] }>().hits
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
/** The same fingerprint with its first `bits` bits turned. */
function near(hash: string, bits: number): string {
  const turned = (BigInt(`0x${hash}`) ^ (((1n << BigInt(bits)) - 1n) << BigInt(256 - bits)))
    .toString(16)
    .padStart(64, '0')
  expect(distance(hash as Fingerprint, turned as Fingerprint)).toBe(bits)
  return turned
}

test('an entry is found by likeness from the moment it is added, and never again once it is withdrawn', async () => {
  const bank = await newBank('첫째')
  const hash = hashOf('one')
  const { entries } = await add(bank, {
    algorithm: 'pdq',
    value: hash,
    quality: 90,
    label: 'ncii',
    opinion: 'confirmed',
    confidence: 80,
  })
  expect(await hitsOf({ fingerprint: near(hash, 31) })).toEqual([
    {
      bank,
      bankName: '첫째',
      bankKind: 'national',
      entry: entries[0]!.entry,
      algorithm: 'pdq',
      distance: 31,
      isStrong: true,
      label: 'ncii',
      source: null,
      opinion: 'confirmed',
      confidence: 80,
      share: null,
      atMs: null,
      run: null,
    },
  ])
  expect(await hitsOf({ fingerprint: near(hash, 32) })).toMatchObject([{ distance: 32, isStrong: false }])
  expect(await hitsOf({ fingerprint: near(hash, 53) })).toEqual([])
  expect((await ask(leader, 'DELETE', `/banks/${bank}/entries/${entries[0]!.entry}`)).statusCode).toBe(204)
  expect((await ask(leader, 'DELETE', `/banks/${bank}/entries/${entries[0]!.entry}`)).statusCode).toBe(204)
  expect(await hitsOf({ fingerprint: hash })).toEqual([])
  expect(await add(bank, { algorithm: 'pdq', value: hash })).toMatchObject({ added: 0, withdrawn: 1 })
  expect(await hitsOf({ fingerprint: hash })).toEqual([])
  await keep(place.work('matching'))
  const { rows } = await trial.database.pool.query('select from matching.entry_value where entry_id = $1', [
    entries[0]!.entry,
  ])
  expect(rows).toEqual([])
})

test('a value is added once, and a bank that is switched off or an entry that has expired hits nowhere', async () => {
  const bank = await newBank('둘째')
  const hash = hashOf('two')
  const expiresAt = '2026-11-23T10:00:00+09:00'
  expect(await add(bank, { algorithm: 'pdq', value: hash, expiresAt })).toMatchObject({ added: 1 })
  expect(await add(bank, { algorithm: 'pdq', value: hash }, { algorithm: 'pdq', value: hash })).toMatchObject(
    { added: 0, known: 2 },
  )
  const change = (body: object) => ask(leader, 'PATCH', `/banks/${bank}`, body)
  expect(await hitsOf({ fingerprint: hash })).toHaveLength(1)
  expect((await change({ isEnabled: false })).statusCode).toBe(204)
  expect(await hitsOf({ fingerprint: hash })).toEqual([])
  await change({ isEnabled: true, matchMax: 10, reviewMax: 20 })
  expect(await hitsOf({ fingerprint: near(hash, 21) })).toEqual([])
  expect(await hitsOf({ fingerprint: near(hash, 11) })).toMatchObject([{ isStrong: false }])
  expect((await change({ matchMax: 30 })).json()).toMatchObject({ code: 'matching.limitsCrossed' })
  expect((await change({ name: '첫째' })).json()).toMatchObject({ code: 'matching.nameTaken' })
  trial.clock.advance(3_600_000)
  expect(await hitsOf({ fingerprint: hash })).toEqual([])
})

test('a list of digests is asked for equality; it takes nothing else, and its values are written nowhere', async () => {
  const bank = await newBank('목록', { kind: 'list' })
  const [md5, sha1, sha256] = ['md5', 'sha1', 'sha256'].map(algorithm => ({
    algorithm,
    value: createHash(algorithm).update('a file').digest('hex'),
  }))
  expect(await add(bank, md5!, sha1!, sha256!)).toMatchObject({ added: 3 })
  for (const { algorithm, value } of [md5!, sha1!, sha256!])
    expect(await hitsOf({ digest: value.toUpperCase() })).toMatchObject([
      { bank, algorithm, distance: 0, isStrong: true },
    ])
  expect(await hitsOf({ digest: hashOf('another file') })).toEqual([])
  const refusedOne = await ask(leader, 'POST', `/banks/${bank}/entries`, {
    entries: [{ algorithm: 'pdq', value: sha256!.value }],
  })
  expect(refusedOne.json()).toMatchObject({ code: 'matching.digestsOnly' })
})

test('text lists are read: plain hashes, and the lines of a vPDQ file as one video', async () => {
  const bank = await newBank('가져오기', { kind: 'partner', source: 'StopNCII' })
  const post = async (body: object) =>
    (await ask(leader, 'POST', `/banks/${bank}/imports`, body)).json<Added>()
  const plain = ['# a list', hashOf('p1'), '', `${hashOf('p2')},70`, 'no hash', `${hashOf('p3')},101`].join(
    '\r\n',
  )
  const unreadable = [
    { line: 5, fault: 'value' },
    { line: 6, fault: 'quality' },
  ]
  expect(await post({ algorithm: 'pdq', text: `\uFEFF${plain}` })).toMatchObject({ added: 2, unreadable })
  expect(await hitsOf({ fingerprint: hashOf('p2') })).toMatchObject([{ bankKind: 'partner' }])
  const film = [0, 1, 2].map(second => `${hashOf(`f${second}`)},88,${second}.000`).join('\n')
  expect(await post({ algorithm: 'vpdq', text: film })).toMatchObject({ added: 1, unreadable: [] })
  const printed = [0, 1, 2].map(second => `${second},88,${hashOf(`f${second}`)},${second}.000`).join('\n')
  expect(await post({ algorithm: 'vpdq', text: printed })).toMatchObject({ added: 0, known: 1 })
  expect(await hitsOf({ fingerprint: near(hashOf('f1'), 5) })).toMatchObject([
    { algorithm: 'vpdq', distance: 5 },
  ])
  const long = Array.from({ length: 10_001 }, () => 'x').join('\n')
  expect(await post({ algorithm: 'md5', text: long })).toMatchObject({ code: 'matching.tooManyLines' })
})

test('JSON lines carry what is known of each value, and a line that is none is named by its number', async () => {
  const bank = await newBank('줄마다', { kind: 'partner' })
  const lines = [
    { algorithm: 'pdq', value: hashOf('j1'), quality: 80, label: 'ncii', opinion: 'confirmed' },
    { algorithm: 'md5', value: 'ab'.repeat(16), source: '제휴 기관' },
    { algorithm: 'pdq', value: hashOf('j2'), unknown: 1 },
  ].map(line => JSON.stringify(line))
  const text = [...lines, '{ "algorithm": '].join('\n')
  const answer = await ask(leader, 'POST', `/banks/${bank}/imports`, { form: 'jsonLines', text })
  expect(answer.json()).toMatchObject({
    read: 2,
    added: 2,
    unreadable: [
      { line: 3, fault: 'fields' },
      { line: 4, fault: 'json' },
    ],
    unreadableCount: 2,
  })
  expect(answer.body).not.toContain('algorithm')
  expect(await hitsOf({ fingerprint: hashOf('j1') })).toMatchObject([{ label: 'ncii', opinion: 'confirmed' }])
  expect(await hitsOf({ digest: 'ab'.repeat(16) })).toMatchObject([{ source: '제휴 기관' }])
})

test('a trial says what cannot be read, adds nothing, and never says what the bank knows', async () => {
  const bank = await newBank('시험 삼아')
  await add(bank, { algorithm: 'pdq', value: hashOf('there') })
  const post = (body: object) => ask(leader, 'POST', `/banks/${bank}/imports`, { isTrial: true, ...body })
  const text = [hashOf('there'), hashOf('new'), 'no hash'].join('\n')
  expect((await post({ algorithm: 'pdq', text })).json()).toEqual({
    read: 2,
    added: 0,
    known: 0,
    withdrawn: 0,
    entries: [],
    unreadable: [{ line: 3, fault: 'value' }],
    unreadableCount: 1,
  })
  expect(await hitsOf({ fingerprint: hashOf('new') })).toEqual([])
  const list = await newBank('시험 목록', { kind: 'list' })
  const refusedOne = await ask(leader, 'POST', `/banks/${list}/imports`, {
    isTrial: true,
    algorithm: 'pdq',
    text,
  })
  expect(refusedOne.json()).toMatchObject({ code: 'matching.digestsOnly' })
})

test('a file is asked for as a whole: a mirrored picture by its turns, its bytes by their digests', async () => {
  const bank = await newBank('파일')
  const turns = ['t1', 't2', 't3'].map(hashOf)
  await add(
    bank,
    { algorithm: 'pdq', value: near(turns[2]!, 9) },
    { algorithm: 'sha1', value: 'cd'.repeat(20) },
  )
  const digests = ['ef'.repeat(16), 'cd'.repeat(20), hashOf('bytes')]
  const who = staff('officer')
  expect(await hitsOf({ file: { digests, turns, quality: 90 } }, who)).toMatchObject([
    { algorithm: 'sha1', distance: 0 },
    { algorithm: 'pdq', distance: 9, isStrong: true },
  ])
  expect(await hitsOf({ file: { digests: digests.slice(0, 1), turns: [] } }, who)).toEqual([])
  // Six values and one: as many look-ups as there are values.
  const { rows } = await trial.database.pool.query<{ asked: number }>(
    'select asked from matching.lookup where account_id = $1',
    [who.account],
  )
  expect(rows).toEqual([{ asked: 7 }])
})

test('the banks are listed page by page, by name, each once', async () => {
  for (const name of ['쪽 나', '쪽 가', '쪽 다']) await newBank(name)
  const names: string[] = []
  let after = ''
  for (let pages = 0; pages < 50; pages += 1) {
    const answer = await ask(leader, 'GET', `/banks?limit=2${after}`)
    const page = answer.json<{ rows: { name: string }[]; next: string | null }>()
    expect(page.rows.length).toBeLessThanOrEqual(2)
    names.push(...page.rows.map(row => row.name))
    if (page.next === null) break
    after = `&after=${page.next}`
  }
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter(name => name.startsWith('쪽 '))).toEqual(['쪽 가', '쪽 나', '쪽 다'])
  const whole = (await ask(leader, 'GET', '/banks?limit=200')).json<{ rows: { name: string }[] }>().rows
  expect(whole.map(row => row.name)).toEqual(names)
})

test('who keeps the banks cannot ask them, who asks cannot keep them, and nobody reads them', async () => {
  const bank = await newBank('권한')
  await add(bank, { algorithm: 'pdq', value: hashOf('secret') })
  expect((await ask(administrator, 'POST', '/lookups', { digest: hashOf('x') })).statusCode).toBe(403)
  expect((await ask(staff('officer'), 'GET', '/banks')).statusCode).toBe(403)
  expect((await ask(staff('commander', null), 'GET', '/banks')).statusCode).toBe(403)
  const list = await ask(administrator, 'GET', '/banks')
  expect(list.json<{ rows: object[] }>().rows).toContainEqual(
    expect.objectContaining({ bank, name: '권한', entries: 1, matchMax: 31, reviewMax: 52 }),
  )
  await add(bank, { algorithm: 'pdq', value: hashOf('secret') })
  const numbers = await ask(administrator, 'GET', `/banks/${bank}/numbers`)
  for (const { body } of [list, numbers]) expect(body).not.toMatch(/[0-9a-f]{64}/)
  for (const who of [leader, administrator, staff('officer')]) {
    const seen = await trial.as(who).see(tx => tx.db.selectFrom('matching.entry_value').selectAll().execute())
    expect(seen).toEqual([])
  }
  const nowhere = '01890000-0000-7000-8000-000000000000'
  for (const [method, url] of [
    ['GET', `/banks/${nowhere}/numbers`],
    ['PATCH', `/banks/${nowhere}`],
    ['DELETE', `/banks/${nowhere}/entries/${nowhere}`],
    ['DELETE', `/banks/${bank}/entries/${nowhere}`],
  ] as const)
    expect((await ask(leader, method, url, method === 'PATCH' ? {} : undefined)).statusCode).toBe(404)
  const { rows } = await trial.database.pool.query<{ kind: string }>(
    `select kind from audit.entry where body like $1 order by id`,
    [`%${bank}%`],
  )
  expect(rows.map(row => row.kind)).toEqual(['bank.made', 'entry.added', 'entry.added'])
})

test('look-ups are counted, and an account that asks too often waits for the next minute', async () => {
  const bank = await newBank('횟수')
  const hash = hashOf('often')
  await add(bank, { algorithm: 'pdq', value: hash })
  const busy = staff('officer')
  for (let count = 0; count < lookupsPerMinuteMax; count += 1) await hitsOf({ fingerprint: hash }, busy)
  const refusedOne = await ask(busy, 'POST', '/lookups', { fingerprint: hash })
  expect(refusedOne.json()).toMatchObject({ status: 429, code: 'matching.tooManyLookups' })
  trial.clock.advance(60_000)
  expect(await hitsOf({ fingerprint: hash }, busy)).toHaveLength(1)
  expect((await ask(leader, 'GET', `/banks/${bank}/numbers`)).json()).toMatchObject({
    live: 1,
    asked: lookupsPerMinuteMax + 1,
    found: 0,
    precision: null,
    proposal: null,
  })
  const list = (await ask(leader, 'GET', '/banks')).json<{ rows: object[] }>().rows
  expect(list).toContainEqual(expect.objectContaining({ bank, asked: lookupsPerMinuteMax + 1, found: 0 }))
  expect((await ask(leader, 'GET', '/matching/status')).json()).toMatchObject({ waiting: 0, unsealed: 0 })
})

test('a real picture is known under its fingerprint, and nothing of it stands in the database', async () => {
  const bank = await newBank('실물')
  const made = await reported(place.world, 'image/jpeg', await madePicture(11))
  if (made.kind !== 'picture') throw new Error('a picture was made')
  await add(bank, { algorithm: 'pdq', value: made.hash, quality: made.quality })
  expect(await hitsOf({ fingerprint: made.hash })).toMatchObject([{ bank, distance: 0 }])
  expect(await databaseAsText(trial)).not.toContain(made.hash)
})
