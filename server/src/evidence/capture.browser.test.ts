import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from '@jikimi/seal'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { WARCParser, type WARCRecord } from 'warcio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeLine } from '#audit'
import { addressesWithSteps } from '#intake'
import type { Tx } from '#platform/database'
import { newId, type AddressId, type ExhibitId } from '#platform/ids'
import { on } from '#platform/jobs'
import { machine, openTrial, staff, type Trial } from '#platform/trial'
import { selfSigned } from '#platform/trial-certificate'
import { madeFilm, madePicture } from '#platform/trial-media'
import { openTrialWorld, type TrialWorld } from '#platform/trial-world'
import { openCase, type Opened } from '#trial-case'
import { askAgain, capture, recapture } from './capture.ts'
import { captureJob, jobs } from './jobs.ts'
import { listExhibits } from './list.ts'
import { capturePage, captureBounds } from './page.ts'
import { openMedia, previewOf, sealedFile, viewExhibit } from './reading.ts'
import * as store from './store.ts'

const room = machine('evidence')
const officer = staff('officer')
let trial: Trial
let place: TrialWorld
let picture: Buffer
let film: Buffer

beforeAll(async () => {
  trial = await openTrial({
    jobs,
    procedure: [on('exhibit.sealed', 'matching', async () => {})],
    team: [officer],
  })
  place = await openTrialWorld(trial)
  picture = await madePicture(1)
  film = await madeFilm(2, 2)
}, 180_000)
afterAll(async () => {
  await place[Symbol.asyncDispose]()
  await trial[Symbol.asyncDispose]()
})

const stepsOf = async ({ report, address }: { report: Opened['report']; address: AddressId }) => {
  const all = await trial.as(room).see(tx => addressesWithSteps(tx, report))
  return all.find(each => each.address === address)!.steps.map(each => each.step)
}
const exhibitsOf = (opened: Opened) => trial.as(room).see(tx => listExhibits(tx, opened.case, { limit: 50 }))
const rowOf = (id: ExhibitId) => trial.as(room).see(tx => store.exhibit(tx, id))
const unsealed = async (id: ExhibitId) => {
  const row = (await rowOf(id))!
  return Buffer.concat(
    await Array.fromAsync(
      open(await place.world.objects.get(row.sealed_sha256), [place.world.keys.unitIdentity]),
    ),
  )
}
const handsOf = (who: typeof officer) => ({
  act: <T>(verb: (tx: Tx) => Promise<T>) => trial.as(who).do(verb),
  world: place.world,
})

/** A page of a forum: two pictures, one far below, a film, an icon, two cookies. */
function putUp(host: string): void {
  place.hosts.set(host, (request, response) => {
    const send = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'content-type': type, 'set-cookie': ['one=1', 'two=2'] }).end(body)
    if (request.url === '/') send('text/html; charset=utf-8', page)
    else if (request.url === '/icon.png') send('image/png', icon)
    else if (request.url === '/film.webm') send('video/webm', film)
    else if (request.url?.startsWith('/picture')) send('image/jpeg', picture)
    else response.writeHead(404).end()
  })
}
const icon = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const page = `<!doctype html><title>게시판</title><h1>자유게시판</h1><img src="/icon.png"><img src="/picture.jpg"><video src="/film.webm" controls></video>
<div style="height:4000px"></div><img loading="lazy" src="/picture-below.jpg?x"><img src="http://absent.test/x.jpg">`

test('a page is captured, sealed and entered; the matching hears of it and the victim is told', async () => {
  putUp('board.example')
  const opened = await openCase(trial, place.url('board.example'))
  await trial.as(room).do(tx => capture(tx, opened))
  await trial.as(room).do(tx => capture(tx, opened))
  expect((await trial.queued()).filter(each => each.queue === captureJob.queue)).toHaveLength(1)
  await place.settle(jobs)

  const { rows, captures } = await exhibitsOf(opened)
  expect(captures).toMatchObject([{ state: 'sealed', fault: null, address: opened.address }])
  // Equal bytes under two addresses are one medium; the icon is none.
  expect(rows.map(row => [row.kind, row.index, row.contentType])).toEqual([
    ['archive', 0, 'application/wacz'],
    ['picture', 0, 'image/png'],
    ['media', 0, 'video/webm'],
    ['media', 1, 'image/jpeg'],
  ])
  expect(await stepsOf(opened)).toEqual(['received', 'captured'])
  const told = (await trial.queued()).filter(each => each.queue === 'exhibit.sealed/matching')
  expect(told.map(each => each.payload)).toEqual([
    { case: opened.case, exhibit: rows[0]!.exhibit, address: opened.address },
  ])

  // The same job once more: nothing new.
  const requests = place.asked.length
  await captureJob.run(place.work('evidence'), { capture: captures[0]!.capture })
  expect(place.asked).toHaveLength(requests)
  expect((await exhibitsOf(opened)).rows).toEqual(rows)
}, 120_000)

test('the log holds the sealed hash and a commitment, never the hash of the content', async () => {
  putUp('log.example')
  const opened = await openCase(trial, place.url('log.example'))
  await trial.as(room).do(tx => capture(tx, opened))
  await place.settle(jobs)
  const { rows } = await exhibitsOf(opened)
  const lines = (await trial.as(room).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined })))
    .rows
  const sealed = lines.filter(line => line.kind === 'exhibit.sealed')
  expect(sealed).toHaveLength(rows.length)
  const body = JSON.stringify(lines)
  for (const { exhibit, sealedSha256 } of rows) {
    const row = (await rowOf(exhibit))!
    const entry = sealed.find(line => line.about['exhibit'] === exhibit)!
    const label = Buffer.from('jikimi exhibit content v1\0')
    const commitment = createHash('sha256')
      .update(Buffer.concat([label, row.salt, row.plain_sha256]))
      .digest('hex')
    expect(entry.detail).toMatchObject({ sealedSha256, commitment })
    expect(body).not.toContain(row.plain_sha256.toString('hex'))
    expect(
      createHash('sha256')
        .update(await unsealed(exhibit))
        .digest()
        .equals(row.plain_sha256),
    ).toBe(true)
  }
}, 120_000)

test('the archive is a WACZ whose hashes hold, with a WARC whose digests hold', async () => {
  putUp('archive.example')
  const found = await capturePage(place.world, {
    capture: newId<'CaptureId'>(trial.clock.now()),
    url: place.url('archive.example'),
  })
  if (!found.ok) throw new Error(found.fault)
  const archive = found.pieces.find(piece => piece.kind === 'archive')!.bytes
  const files = unzipSync(archive)
  const text = (path: string) => Buffer.from(files[path]!).toString('utf8')
  const digest = (bytes: Uint8Array | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

  const described = JSON.parse(text('datapackage.json')) as {
    wacz_version: string
    resources: { path: string; hash: string; bytes: number }[]
  }
  expect(described.wacz_version).toBe('1.1.1')
  expect(described.resources.map(each => each.path)).toEqual([
    'archive/data.warc.gz',
    'indexes/index.cdx',
    'pages/pages.jsonl',
  ])
  for (const { path, hash, bytes } of described.resources) {
    expect(hash).toBe(digest(files[path]!))
    expect(bytes).toBe(files[path]!.byteLength)
  }
  expect(JSON.parse(text('datapackage-digest.json'))).toEqual({
    path: 'datapackage.json',
    hash: digest(files['datapackage.json']!),
  })
  expect(text('pages/pages.jsonl').split('\n')[1]).toContain('"title":"게시판"')
  checkByUnzip(archive)

  const records = await recordsOf(files['archive/data.warc.gz']!)
  const responses = records.filter(each => each.type === 'response')
  expect(records.filter(each => each.type === 'request')).toHaveLength(responses.length)
  expect(records.filter(each => each.type === 'resource')).toHaveLength(3)
  const main = responses.find(each => each.url === place.url('archive.example'))!
  expect(main.ip).toBe('127.0.0.1')
  expect(main.cookies).toEqual(['one=1', 'two=2'])
  expect(main.payload.toString('utf8')).toBe(page)
  expect(responses.find(each => each.url.endsWith('/film.webm'))!.payload.equals(film)).toBe(true)
  expect(responses.find(each => each.url.endsWith('/picture-below.jpg?x'))!.payload.equals(picture)).toBe(
    true,
  )
  for (const line of text('indexes/index.cdx').trim().split('\n')) {
    const { offset, length, url } = JSON.parse(line.slice(line.indexOf('{'))) as {
      offset: string
      length: string
      url: string
    }
    const cut = files['archive/data.warc.gz']!.subarray(Number(offset), Number(offset) + Number(length))
    expect((await recordsOf(cut)).map(each => each.url)).toEqual([url])
  }
  const facts = JSON.parse(
    records.find(each => each.url.endsWith(':capture.json'))!.payload.toString('utf8'),
  ) as Record<string, unknown>
  expect(facts).toMatchObject({
    v: 1,
    title: '게시판',
    status: 200,
    certificateIsTrusted: true,
    dns: { 'archive.example': { address: '127.0.0.1' } },
  })
  expect(JSON.stringify(facts)).not.toMatch(/proxy-authorization/i)
  // Whom we did not reach has said nothing: no answer of ours stands in the archive as theirs.
  expect(facts['notReached']).toEqual({ 'absent.test': 'unresolved' })
  expect(responses.filter(each => each.url.includes('absent.test'))).toEqual([])
}, 120_000)

test('redirects are followed and each is in the archive', async () => {
  putUp('end.example')
  place.hosts.set('start.example', (request, response) => {
    const to = request.url === '/' ? '/second' : place.url('end.example')
    response.writeHead(302, { location: to }).end()
  })
  const found = await capturePage(place.world, {
    capture: newId<'CaptureId'>(trial.clock.now()),
    url: place.url('start.example'),
  })
  if (!found.ok) throw new Error(found.fault)
  const records = await recordsOf(unzipSync(found.pieces[0]!.bytes)['archive/data.warc.gz']!)
  const seen = records.filter(each => each.type === 'response').map(each => [each.status, each.url])
  expect(seen.slice(0, 3)).toEqual([
    [302, place.url('start.example')],
    [302, place.url('start.example', '/second')],
    [200, place.url('end.example')],
  ])
}, 120_000)

test('a certificate that nobody vouches for is noted and kept; the headers stand as they came', async () => {
  const { key, cert } = selfSigned('secure.example')
  const server = createServer({ key, cert }, (_, response) => {
    response
      .writeHead(200, [
        'Zeta',
        '1',
        'x-Alpha',
        '2',
        'Content-Type',
        'text/html',
        'Set-Cookie',
        'b=2',
        'Set-Cookie',
        'a=1',
      ])
      .end('<p>x')
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const url = `https://secure.example:${(server.address() as AddressInfo).port}/`
  const found = await capturePage(place.world, { capture: newId<'CaptureId'>(trial.clock.now()), url })
  server.closeAllConnections()
  server.close()
  if (!found.ok) throw new Error(found.fault)
  const records = await recordsOf(unzipSync(found.pieces[0]!.bytes)['archive/data.warc.gz']!)
  const facts = JSON.parse(records.find(each => each.url.endsWith(':capture.json'))!.payload.toString()) as {
    certificateIsTrusted: boolean
    certificates: Record<string, string[]>
    exchanges: { responseHeaders: [string, string][] }[]
  }
  expect(facts.certificateIsTrusted).toBe(false)
  expect(facts.certificates).toEqual({ [new URL(url).origin]: [cert.replaceAll(/-----[^-]+-----|\s/g, '')] })
  expect(facts.exchanges[0]!.responseHeaders.slice(0, 5)).toEqual([
    ['Zeta', '1'],
    ['x-Alpha', '2'],
    ['Content-Type', 'text/html'],
    ['Set-Cookie', 'b=2'],
    ['Set-Cookie', 'a=1'],
  ])
}, 60_000)

const quick = { ...captureBounds, timeMs: 8_000, answerMs: 3_000, bytesMax: 2_000_000 }

test.each([
  [
    'it is not there',
    'gone',
    (host: string) => place.hosts.set(host, (_, response) => void response.writeHead(404).end('<p>404')),
  ],
  [
    'it was taken away',
    'gone',
    (host: string) => place.hosts.set(host, (_, response) => void response.writeHead(410).end('<p>410')),
  ],
  [
    'its server is broken',
    'serverFault',
    (host: string) => place.hosts.set(host, (_, response) => void response.writeHead(500).end('<p>500')),
  ],
  ['its name does not resolve', 'unresolved', (host: string) => place.names.set(host, [[]])],
  [
    'its name is one of the inside',
    'privateNetwork',
    (host: string) => place.names.set(host, [['10.0.0.1']]),
  ],
  [
    'it leads to the inside',
    'privateNetwork',
    (host: string) =>
      place.hosts.set(
        host,
        (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      ),
  ],
  [
    'nobody listens',
    'noConnection',
    (host: string) =>
      place.hosts.set(host, (request, response) => void (response.destroy(), request.destroy())),
  ],
  ['it never answers', 'timeout', (host: string) => place.hosts.set(host, () => {})],
  [
    'its script never ends',
    'timeout',
    (host: string) =>
      place.hosts.set(
        host,
        (_, response) =>
          void response
            .writeHead(200, { 'content-type': 'text/html' })
            .end('<p>x<script>setTimeout(() => { for (;;); }, 300)</script>'),
      ),
  ],
  [
    'it is a download',
    'download',
    (host: string) =>
      place.hosts.set(
        host,
        (_, response) =>
          void response
            .writeHead(200, { 'content-type': 'application/zip', 'content-disposition': 'attachment' })
            .end('PK'),
      ),
  ],
  [
    'it has no end',
    'tooLarge',
    (host: string) =>
      place.hosts.set(
        host,
        (_, response) =>
          void response
            .writeHead(200, { 'content-type': 'text/html', 'content-length': 9_000_000 })
            .end(Buffer.alloc(9_000_000, '<p>')),
      ),
  ],
] as const)(
  'a page is not captured where %s: %s',
  async (_, fault, prepare) => {
    const host = `${fault.toLowerCase()}-${prepare.toString().length}.example`
    prepare(host)
    const found = await capturePage(
      place.world,
      { capture: newId<'CaptureId'>(trial.clock.now()), url: place.url(host) },
      quick,
    )
    expect(found).toEqual({ ok: false, fault })
  },
  60_000,
)

test('what is not there is given up at once, what is broken only after the last attempt; the victim is told', async () => {
  place.hosts.set('gone.example', (_, response) => void response.writeHead(404).end('<p>404'))
  place.hosts.set('broken.example', (_, response) => void response.writeHead(503).end('<p>503'))
  const gone = await openCase(trial, place.url('gone.example'))
  const broken = await openCase(trial, place.url('broken.example'))
  const [first, second] = [
    await trial.as(room).do(tx => capture(tx, gone)),
    await trial.as(room).do(tx => capture(tx, broken)),
  ]
  await captureJob.run(place.work('evidence', false), { capture: first })
  expect((await exhibitsOf(gone)).captures).toMatchObject([{ state: 'failed', fault: 'gone' }])
  await expect(captureJob.run(place.work('evidence', false), { capture: second })).rejects.toMatchObject({
    code: 'serverFault',
  })
  expect((await exhibitsOf(broken)).captures).toMatchObject([{ state: 'running', fault: null }])
  await captureJob.run(place.work('evidence', true), { capture: second })
  expect((await exhibitsOf(broken)).captures).toMatchObject([{ state: 'failed', fault: 'serverFault' }])
  expect(await stepsOf(gone)).toEqual(['received', 'unreachable'])
  // Back again, it is captured anew.
  putUp('gone.example')
  const again = await trial.as(officer).do(tx => askAgain(tx, gone.address))
  expect(await trial.as(officer).do(tx => askAgain(tx, gone.address))).toBe(again)
  await captureJob.run(place.work('evidence'), { capture: again })
  expect(await stepsOf(gone)).toEqual(['received', 'unreachable', 'captured'])
  expect(await trial.as(room).do(tx => recapture(tx, gone))).not.toBe(again)
}, 120_000)

test('an exhibit is opened only with an entry in the log; another agency and the administrator find nothing', async () => {
  putUp('view.example')
  const opened = await openCase(trial, place.url('view.example'))
  await trial.as(room).do(tx => capture(tx, opened))
  await place.settle(jobs)
  const { rows } = await exhibitsOf(opened)
  const [archive, shot, video] = [rows[0]!.exhibit, rows[1]!.exhibit, rows[2]!.exhibit]

  const preview = await sharp(await previewOf(handsOf(officer), shot)).metadata()
  expect(Math.max(preview.width, preview.height)).toBeLessThanOrEqual(320)
  expect(preview.format).toBe('jpeg')
  expect((await sharp(await previewOf(handsOf(officer), video)).metadata()).format).toBe('jpeg')
  const seen = await viewExhibit(handsOf(officer), shot, 'court')
  expect(await sharp(seen.bytes).metadata()).toMatchObject({ format: 'png', width: 1280 })
  const file = await sealedFile(handsOf(officer), archive)
  expect(
    Buffer.concat(await Array.fromAsync(file.bytes))
      .subarray(0, 21)
      .toString(),
  ).toBe('age-encryption.org/v1')
  expect((await openMedia(place.work('matching'), archive)).map(each => each.contentType)).toEqual([
    'video/webm',
    'image/jpeg',
  ])
  await expect(previewOf(handsOf(officer), archive)).rejects.toMatchObject({ code: 'evidence.noPicture' })

  const lines = (await trial.as(room).see(tx => timeLine(tx, opened.case, { limit: 200, after: undefined })))
    .rows
  expect(
    lines
      .filter(line => /viewed|examined/.test(line.kind))
      .map(line => [line.kind, line.by.account, line.detail]),
  ).toEqual([
    ['exhibit.viewed', officer.account, { veil: 'blurred' }],
    ['exhibit.viewed', officer.account, { veil: 'blurred' }],
    ['exhibit.viewed', officer.account, { veil: 'none', reason: 'court' }],
    ['exhibit.viewed', officer.account, { veil: 'sealed' }],
    ['exhibit.examined', null, { kind: 'archive' }],
  ])
  for (const stranger of [
    staff('officer', 'busan'),
    staff('administrator', null),
    staff('commander', null),
    staff('counsellor'),
  ]) {
    await expect(previewOf(handsOf(stranger), shot)).rejects.toMatchObject({ code: 'evidence.noExhibit' })
    expect(
      await trial
        .as(stranger)
        .see(tx => store.exhibitsOfCase(tx, opened.case, { limit: 9, after: undefined })),
    ).toEqual([])
    expect(await trial.as(stranger).see(tx => store.capturesOfCase(tx, opened.case, 9))).toEqual([])
  }
  const row = (await rowOf(shot))!
  await trial.database.pool.query('alter table evidence.exhibit disable trigger all')
  await trial.database.pool.query('update evidence.exhibit set plain_sha256 = $1 where id = $2', [
    Buffer.alloc(32),
    row.id,
  ])
  await expect(viewExhibit(handsOf(officer), shot, 'verify')).rejects.toMatchObject({
    code: 'evidence.damaged',
  })
  await expect(trial.as(officer).do(tx => askAgain(tx, newId<'AddressId'>(tx.now)))).rejects.toMatchObject({
    code: 'intake.noAddress',
  })
}, 120_000)

interface Read {
  readonly type: string
  readonly url: string
  readonly status: number
  readonly ip: string | undefined
  readonly cookies: readonly string[]
  readonly payload: Buffer
}

/** Reads a WARC with the library's own parser and holds every digest against the bytes. */
async function recordsOf(warc: Uint8Array): Promise<Read[]> {
  const read: Read[] = []
  for await (const record of new WARCParser(toChunks(warc), { keepHeadersCase: true })) {
    const payload = Buffer.from(await record.readFully(false))
    if (record.warcType !== 'warcinfo')
      expect(record.warcPayloadDigest).toBe(`sha256:${createHash('sha256').update(payload).digest('hex')}`)
    if (record.httpHeaders !== null) {
      const head = Buffer.from(`${record.httpHeaders.toString()}\r\n`)
      expect(record.warcBlockDigest).toBe(
        `sha256:${createHash('sha256').update(head).update(payload).digest('hex')}`,
      )
    }
    expect(record.warcHeaders.statusline).toBe('WARC/1.1')
    read.push({
      type: record.warcType,
      url: record.warcTargetURI ?? '',
      status: Number(record.httpHeaders?.statusCode ?? 0),
      ip: record.warcHeader('WARC-IP-Address') ?? undefined,
      cookies: cookiesOf(record),
      payload,
    })
  }
  return read
}

function cookiesOf(record: WARCRecord): string[] {
  if (record.httpHeaders === null || record.warcType !== 'response') return []
  return [...record.httpHeaders.headers]
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => value)
}

async function* toChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A reader that we did not write, where the machine has one. */
function checkByUnzip(archive: Uint8Array): void {
  if (!['/usr/bin/unzip', '/bin/unzip'].some(path => existsSync(path))) return
  const folder = mkdtempSync(join(tmpdir(), 'jikimi-unzip-'))
  try {
    writeFileSync(join(folder, 'one.wacz'), archive)
    expect(execFileSync('unzip', ['-t', join(folder, 'one.wacz')]).toString()).toContain('No errors detected')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
