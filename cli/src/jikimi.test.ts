/** Each command as a process, on real input. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  canonical,
  checkpointLine,
  endLine,
  entryLine,
  Frontier,
  headLine,
  leafHash,
  newLogKey,
  signCheckpoint,
} from '@jikimi/tlog'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'

const jikimi = fileURLToPath(new URL('./jikimi.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jikimi-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

function run(words: readonly string[], environment: Record<string, string> = {}) {
  const ran = spawnSync(process.execPath, [jikimi, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'C', JIKIMI_DATA: at('none'), ...environment },
    timeout: 200_000,
    input: '',
  })
  return { code: ran.status, out: ran.stdout, fault: ran.stderr }
}

beforeAll(async () => {
  // A hill under a sun, its mirror picture at half the size, and a chessboard.
  const landscape = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#bcd"/>
      <circle cx="150" cy="110" r="60" fill="#fe8"/><path d="M0 480 L220 200 L330 330 L450 150 L640 420 V480Z" fill="#364"/></svg>`,
  )
  await sharp(landscape).png().toFile(at('hill.png'))
  await sharp(landscape).flop().resize(320).jpeg({ quality: 70 }).toFile(at('mirrored.jpg'))
  const board = Array.from({ length: 64 }, (_, n) => (((n % 8) + Math.floor(n / 8)) % 2) * 255)
  await sharp(Buffer.from(board), { raw: { width: 8, height: 8, channels: 1 } })
    .resize(400, 400, { kernel: 'nearest' })
    .png()
    .toFile(at('board.png'))
  // Leaves without an empty place: of a smooth picture no part is hashed.
  const leaves = Array.from({ length: 900 }, (_, n) => {
    const [x, y, shade] = [(n * 7919) % 400, (n * 104_729) % 300, (n * 31) % 200]
    return `<circle cx="${x}" cy="${y}" r="${6 + (n % 13)}" fill="rgb(${shade},${(shade * 7) % 255},60)" stroke="#000"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">${leaves.join('')}</svg>`
  await sharp(Buffer.from(svg)).flatten().png().toFile(at('leaves.png'))
  writeFileSync(at('text.png'), 'no picture')
})

test('every command has its help, with its exit codes', () => {
  const commands = [
    'start',
    'demo',
    'fingerprint',
    'match',
    'verify',
    'config',
    'backup',
    'restore',
    'staffing',
  ]
  const { code, out } = run(['--help'])
  expect(code).toBe(0)
  expect(out).toContain('Exit codes:')
  for (const command of commands) {
    expect(out).toContain(command)
    const help = run([command, '--help'])
    expect(help.code, command).toBe(0)
    expect(help.out, command).toContain('Exit codes:')
  }
}, 200_000)

test('wrong words end with 2 and the usage, never with a stack', () => {
  for (const words of [
    ['nothing'],
    ['verify', '--nothing'],
    ['match', at('hill.png')],
    ['match', '--bank', at('hill.png')],
    ['verify'],
    ['backup'],
    ['staffing', 'plan'],
  ]) {
    const { code, fault } = run(words)
    expect(code, words.join(' ')).toBe(2)
    expect(fault).not.toMatch(/\n\s+at /)
  }
})

const linesOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)

test('fingerprint prints one object a line, and turns and parts where they are wanted', () => {
  const { code, out } = run(['fingerprint', '--json', at('hill.png'), at('board.png')])
  expect(code).toBe(0)
  const lines = linesOf(out)
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
  expect(lines).toEqual([
    {
      file: at('hill.png'),
      kind: 'picture',
      algorithm: 'pdq',
      profile: 'pdq-512/1',
      hash,
      quality: expect.any(Number),
    },
    {
      file: at('board.png'),
      kind: 'picture',
      algorithm: 'pdq',
      profile: 'pdq-512/1',
      hash,
      quality: expect.any(Number),
    },
  ])
  expect(run(['fingerprint', at('hill.png')]).out).toContain(lines[0]!['hash'])
  const [more] = linesOf(run(['fingerprint', '--json', '--dihedral', '--windows', at('leaves.png')]).out)
  expect(Object.keys(more!['hashes'] as object)).toHaveLength(8)
  const part = { x: expect.any(Number), y: 0, w: expect.any(Number), h: 1, hash, quality: 100 }
  expect(more!['windows']).toContainEqual(part)
})

test('a file that is no picture is reported, and the others are done', () => {
  const { code, out, fault } = run([
    'fingerprint',
    '--json',
    at('text.png'),
    at('absent.png'),
    at('hill.png'),
  ])
  expect(code).toBe(1)
  expect(linesOf(out)).toMatchObject([{ file: at('hill.png') }])
  expect(fault).toContain(`${at('text.png')} cannot be read as a picture`)
  expect(fault).toContain(`${at('absent.png')} cannot`)
  expect(fault).not.toMatch(/\n\s+at /)
})

test('a moving GIF is a video, whose frames are printed where they are wanted', async () => {
  const pages = await Promise.all(
    [at('hill.png'), at('board.png')].map(path => sharp(path).resize(200, 150, { fit: 'fill' }).toBuffer()),
  )
  await sharp(pages, { join: { animated: true } })
    .gif({ delay: [1000, 1000] })
    .toFile(at('moving.gif'))
  const [brief] = linesOf(run(['fingerprint', '--json', at('moving.gif')]).out)
  expect(brief).toMatchObject({ kind: 'video', algorithm: 'vpdq', durationMs: 2000 })
  expect(brief).not.toHaveProperty('frames')
  const [whole] = linesOf(run(['fingerprint', '--json', '--frames', at('moving.gif')]).out)
  const frames = whole!['frames'] as { atMs: number; hash: string }[]
  expect(frames.length).toBeGreaterThanOrEqual(2)
  expect(new Set(frames.map(frame => frame.hash)).size).toBe(2)
  expect(frames.map(frame => frame.hash)).toContain(brief!['hash'])
})

test('match says where a trimmed film runs along another, by the lines that vPDQ writes of both', () => {
  const shot = (n: number) => createHash('sha256').update(`shot ${n}`).digest('hex')
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => `${shot(from + n)},90,${n}.000\n`).join('')
  writeFileSync(at('film.txt'), lines(0, 40))
  writeFileSync(at('cut.txt'), lines(12, 25))
  writeFileSync(at('other.txt'), lines(100, 130))
  const found = run(['match', '--bank', at('film.txt'), '--query', at('cut.txt'), '--json'])
  expect(found.code).toBe(0)
  expect(linesOf(found.out)).toMatchObject([
    {
      verdict: 'match',
      turn: 'identity',
      distance: 0,
      bInA: 1,
      run: { aFromMs: 12_000, bFromMs: 0, speed: 1 },
    },
  ])
  expect(run(['match', '--bank', at('film.txt'), '--query', at('cut.txt')]).out).toContain('12.0–')
  const other = run(['match', '--bank', at('film.txt'), '--query', at('other.txt')])
  expect(other).toMatchObject({ code: 1, out: expect.stringContaining('none') })
})

test('match looks a list of fingerprints up in a bank, exactly within the radius', () => {
  const hash = '0f'.repeat(32)
  const near = `f0${hash.slice(2)}`
  writeFileSync(at('bank.csv'), `a,${hash}\nb, with a comma,${near.toUpperCase()}\nc,${'c3'.repeat(32)}\n`)
  writeFileSync(at('query.csv'), `q1,${hash}\r\n\r\nq2,${'55'.repeat(32)}\r\n`)
  const asked = ['match', '--bank', at('bank.csv'), '--query', at('query.csv')]
  const found = run([...asked, '--radius', '8', '--json'])
  expect(found.code).toBe(0)
  expect(linesOf(found.out)).toEqual([
    { query: 'q1', id: 'a', distance: 0 },
    { query: 'q1', id: 'b, with a comma', distance: 8 },
  ])
  expect(run([...asked, '--radius', '7']).out).toBe('q1  a  0\n')
  for (const radius of ['257', '-1', 'x', '1.5'])
    expect(run([...asked, '--radius', radius]).code, radius).toBe(2)
  writeFileSync(at('none.csv'), `q2,${'55'.repeat(32)}\n`)
  expect(run(['match', '--bank', at('bank.csv'), '--query', at('none.csv')])).toMatchObject({
    code: 1,
    out: '',
  })
  writeFileSync(at('torn.csv'), `q1,${hash}\nq3,${hash.slice(1)}\n`)
  const torn = run(['match', '--bank', at('bank.csv'), '--query', at('torn.csv'), '--json'])
  expect(torn).toMatchObject({ code: 1, fault: expect.stringContaining('torn.csv, line 2') })
  expect(torn.fault).not.toContain(hash.slice(1))
  expect(linesOf(torn.out)).toHaveLength(2)
  expect(run(['match', '--bank', at('bank.csv'), '--query', at('absent.csv')]).code).toBe(2)
})

test('match finds a mirrored, smaller, re-encoded copy among others, and says so when there is none', () => {
  const found = run(['match', '--json', at('hill.png'), at('board.png'), at('mirrored.jpg')])
  expect(found.code).toBe(0)
  const lines = found.out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toMatchObject([{ verdict: 'none' }, { verdict: expect.stringMatching(/match|review/) }])
  expect(run(['match', at('hill.png'), at('board.png')])).toMatchObject({
    code: 1,
    out: expect.stringContaining('none'),
  })
})

test('config explains every setting, points at a wrong one, and never prints a value', () => {
  const explained = run(['config', '--explain'])
  expect(explained.code).toBe(0)
  for (const name of ['JIKIMI_DATA', 'DATABASE_URL', 'JIKIMI_SMTP_URL']) expect(explained.out).toContain(name)
  const secret = { DATABASE_URL: 'postgres://jikimi:s3cr3t@db.example/jikimi' }
  const asked = run(['config', '--explain', '--json'], secret)
  expect(JSON.parse(asked.out)).toMatchObject({ isRight: true, dataFolder: at('none') })
  expect(asked.out).not.toContain('s3cr3t')
  const wrong = run(['config'], { JIKIMI_PORT: '99999' })
  expect(wrong).toMatchObject({ code: 2, fault: expect.stringContaining('JIKIMI_PORT') })
})

test('verify says in the reader’s language whether a log is sound', async () => {
  const key = await newLogKey('jikimi.log')
  const frontier = Frontier.empty()
  const lines = [headLine('jikimi.log', key.verifier)]
  for (let index = 0; index < 3; index++) {
    const body = canonical({ v: 1, at: `2026-11-23T00:00:0${index}.000Z`, kind: 'case.opened' })
    frontier.append(leafHash(Buffer.from(body)))
    lines.push(entryLine(index, body))
  }
  const note = await signCheckpoint({ origin: 'jikimi.log', size: 3, root: frontier.root() }, key.signer)
  const text = [...lines, checkpointLine(note), endLine(3, 1), ''].join('\n')
  writeFileSync(at('log.ndjson'), text)
  writeFileSync(at('checkpoint'), note)
  writeFileSync(at('changed.ndjson'), text.replace('00:00:01.', '00:00:07.'))

  const sound = run([
    'verify',
    at('log.ndjson'),
    '--key',
    key.verifier,
    '--checkpoint',
    at('checkpoint'),
    '--json',
  ])
  expect(sound.code).toBe(0)
  expect(JSON.parse(sound.out)).toMatchObject({ isSound: true, entries: 3, faults: [] })
  expect(run(['verify', '--log', at('log.ndjson')], { LANG: 'ko_KR.UTF-8' }).out).toContain(
    '이력이 온전합니다.',
  )
  expect(run(['verify', at('log.ndjson')]).out).toContain('What this does not prove:')
  const changed = run(['verify', at('changed.ndjson')])
  expect(changed).toMatchObject({ code: 1, out: expect.stringContaining('NOT sound') })
  expect(run(['verify', at('none.ndjson')])).toMatchObject({
    code: 2,
    fault: expect.stringContaining('no such file'),
  })
})

test('backup and restore say what they miss', () => {
  const secret = { JIKIMI_PASSPHRASE: 'a quiet harbour' }
  expect(run(['backup', at('nothing.age')], secret)).toMatchObject({ code: 3 })
  expect(run(['backup', at('hill.png')], secret)).toMatchObject({
    code: 2,
    fault: expect.stringContaining('exists'),
  })
  expect(run(['restore', at('nothing.age')], secret)).toMatchObject({ code: 2 })
  expect(run(['restore', at('hill.png')])).toMatchObject({
    code: 2,
    fault: expect.stringContaining('passphrase'),
  })
  const other = run(['restore', at('hill.png'), '--json'], secret)
  expect(other.code).toBe(1)
  expect(JSON.parse(other.out)).toMatchObject({ reason: 'damaged' })
})

test('start tells where it listens, is backed up while it runs, stops when asked; the backup comes back', async () => {
  const environment = {
    PATH: process.env['PATH'],
    LANG: 'C',
    JIKIMI_DATA: at('data'),
    JIKIMI_PORT: '0',
    JIKIMI_LOG: 'silent',
  }
  const started = spawn(process.execPath, [jikimi, 'start', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>(resolve => started.on('exit', resolve))
  try {
    const first = await new Promise<string>((resolve, reject) => {
      started.stdout.once('data', (line: Buffer) => resolve(String(line)))
      started.once('exit', () => reject(new Error('It did not start.')))
    })
    const said = JSON.parse(first) as { url: string; firstLink: string }
    expect(said.firstLink).toMatch(/\/console\/enrol#\S+$/)
    expect((await fetch(`${said.url}/healthz`)).status).toBe(200)
    writeFileSync(at('passphrase'), 'a quiet harbour\n')
    const made = run(['backup', at('all.age'), '--passphrase-file', at('passphrase'), '--json'], {
      JIKIMI_DATA: at('data'),
    })
    expect(made.code).toBe(0)
    expect(JSON.parse(made.out)).toEqual({ file: at('all.age'), size: statSync(at('all.age')).size })
    expect(statSync(at('all.age')).mode & 0o777).toBe(0o600)
  } finally {
    started.kill('SIGTERM')
  }
  expect(await ended).toBe(0)
  const back = run(['restore', at('all.age'), '--passphrase-file', at('passphrase'), '--json'], {
    JIKIMI_DATA: at('back'),
  })
  expect(back.code).toBe(0)
  expect(JSON.parse(back.out)).toMatchObject({ objects: 0, rows: expect.any(Number) })
  const keys = (name: string) => readFileSync(join(at(name), 'keys', 'keys.json'), 'utf8')
  expect(keys('back')).toBe(keys('data'))
}, 400_000)
