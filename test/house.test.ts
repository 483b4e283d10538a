import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { rooms } from '../oxlint.config.ts'
import { kinds } from '../server/src/audit/kinds.ts'
import { reliedOn } from '../server/src/cases/consent-schema.ts'
import { events } from '../server/src/events.ts'
import { declaredRefusals } from '../server/src/platform/refusals.ts'
import { procedure, timetable } from '../server/src/procedure.ts'
import '../server/src/routes.ts'

const sources = 'server/src'
const standing = rooms.filter(room => existsSync(join(sources, room)))

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(found => found.isFile() && !/node_modules|\/dist(\/|$)/.test(found.parentPath))
    .map(found => join(found.parentPath, found.name))
}
const serverFiles = filesUnder(sources).filter(path => path.endsWith('.ts'))
const code = (path: string) => readFileSync(path, 'utf8')
const shipped = serverFiles.filter(path => !path.endsWith('.test.ts'))

/** One forbidden import of each kind: where it is planted, and what it says. */
const faults: readonly [string, string, string][] = [
  [
    'cases',
    "import { openTarget } from '#takedown'\nexport const planted = openTarget",
    'an earlier room that knows a later one',
  ],
  ['cases', "import { refused } from '../intake/errors.ts'\nexport const planted = refused", 'a side door'],
  ['cases', "export * from '../intake/errors.ts'", 'a re-exported side door'],
  ['cases', "export const planted = await import('../intake/errors.ts')", 'a dynamic side door'],
  [
    'cases',
    "import { procedure } from '#procedure'\nexport const planted = procedure",
    'a room that reads the timetable',
  ],
  [
    'platform',
    "import { record } from '#audit'\nexport const planted = record",
    'a platform that knows a room',
  ],
  ['cases', 'export const planted = Date.now()', 'a clock of its own'],
  ['cases', 'export const planted = Math.random()', 'randomness of its own'],
]

test.each(faults)('the floors refuse in %s: %s', (room, text) => {
  const folder = join(sources, room)
  const path = join(folder, `planted-${process.pid}.ts`)
  writeFileSync(path, `${text}\n`)
  try {
    expect(() => execFileSync('node_modules/.bin/oxlint', [path], { stdio: 'pipe' })).toThrow()
  } finally {
    rmSync(path)
  }
})

test('a package that reaches into the server is refused, and so is a page that does', () => {
  for (const folder of ['packages/law/src', 'web/portal/src']) {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `planted-${process.pid}.ts`)
    writeFileSync(path, "import { start } from '@jikimi/server'\nexport const planted = start\n")
    try {
      expect(() => execFileSync('node_modules/.bin/oxlint', [path], { stdio: 'pipe' })).toThrow()
    } finally {
      rmSync(path)
    }
  }
})

test.each(standing.filter(room => room !== 'statistics'))(
  '%s has its face, shapes, refusals, SQL and routes',
  room => {
    for (const file of ['index.ts', 'schema.ts', 'errors.ts', 'store.ts', 'routes.ts', 'migrations'])
      expect(existsSync(join(sources, room, file)), `${room}/${file}`).toBe(true)
  },
)

test('every migration stands in its room, dated, no two with one number', () => {
  const names = standing.flatMap(room => {
    const folder = join(sources, room, 'migrations')
    return existsSync(folder) ? readdirSync(folder) : []
  })
  for (const name of names) expect(name).toMatch(/^\d{4}-\d\d-\d\d-\d\d-[a-z-]+\.sql$/)
  const numbers = names.map(name => name.slice(0, 13))
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('no file has a name without a home', () => {
  const vague = /^(utils?|helpers?|common|misc|manager|base|service|info|data)(\.\w+)*\.tsx?$/
  const trees = ['packages', sources, 'web', 'cli', 'demo', 'test']
  expect(trees.flatMap(filesUnder).filter(path => vague.test(basename(path)))).toEqual([])
})

test.each(standing)('the SQL of %s names tables of its own schema only', room => {
  const path = join(sources, room, 'store.ts')
  if (!existsSync(path)) return
  const named = [
    ...code(path).matchAll(/(?:selectFrom|insertInto|updateTable|deleteFrom|[jJ]oin)\(\s*'([a-z]+)\./g),
  ]
  expect(named.map(([, schema]) => schema).filter(schema => schema !== room)).toEqual([])
})

test('only a room’s store and the platform speak SQL', () => {
  const speaks = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/
  const inRooms = shipped.filter(path => standing.some(room => path.startsWith(join(sources, room))))
  const elsewhere = inRooms.filter(path => !basename(path).endsWith('store.ts'))
  expect(elsewhere.filter(path => speaks.test(code(path)))).toEqual([])
})

test('the time of the server comes from the platform alone', () => {
  const outside = shipped.filter(path => !path.includes('/platform/'))
  expect(outside.filter(path => /new Date\(\)|Date\.now\(\)/.test(code(path)))).toEqual([])
})

test('every event has a listener or says why not, and no listener waits for what nobody tells', () => {
  const heard = new Set<string>(procedure.map(line => line.event))
  const told = Object.keys(events).filter(name =>
    shipped.some(path => code(path).includes(`'${name}'`) && /emit\(/.test(code(path))),
  )
  for (const line of procedure) expect(told, `nobody emits ${line.event}`).toContain(line.event)
  // Told for the record and for later rooms: nothing follows from them today.
  const unheard = new Set(['match.refuted', 'case.closed', 'copy.found'])
  for (const name of told) expect(heard.has(name) || unheard.has(name), `nobody hears ${name}`).toBe(true)
})

test('every place that relies on a consent hears of its withdrawal, and no other place does', () => {
  const hears = procedure.filter(line => line.event === 'consent.withdrawn').map(line => line.room)
  expect(hears.toSorted()).toEqual([...new Set(Object.values(reliedOn).flat())].toSorted())
})

test('every job has a room, and a queue of its own', () => {
  const queues = timetable.jobs.map(each => each.queue)
  expect(new Set(queues).size).toBe(queues.length)
  for (const each of timetable.jobs) expect(standing).toContain(each.room)
})

test('every kind of log entry is written somewhere, and none that is written lacks its sentence', () => {
  const written = new Set(
    shipped.flatMap(path => [...code(path).matchAll(/'([a-z]+\.[a-zA-Z]+)'/g)].map(([, kind]) => kind!)),
  )
  const unwritten = Object.keys(kinds).filter(kind => {
    const places = shipped.filter(
      path => !path.endsWith('audit/kinds.ts') && code(path).includes(`'${kind}'`),
    )
    return places.length === 0
  })
  expect(unwritten).toEqual([])
  expect(written.size).toBeGreaterThan(0)
})

test('every refusal stands in docs/errors.md with both sentences, and nothing else does', () => {
  const listed = new Set([...code('docs/errors.md').matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name!))
  const declared = declaredRefusals()
  expect([...declared.keys()].filter(name => !listed.has(name))).toEqual([])
  expect([...listed].filter(name => !declared.has(name))).toEqual([])
  for (const [name, sentence] of declared) {
    expect(sentence.ko, name).toMatch(/[가-힣]/)
    expect(sentence.en, name).toMatch(/[a-z]/)
  }
})

test('ARCHITECTURE.md speaks of exactly the rooms that stand', () => {
  const text = code('ARCHITECTURE.md')
  const named = [...text.matchAll(/^### `(\w+)`/gm)].map(([, name]) => name!)
  expect(named).toEqual(standing)
})

test('the lock file names every platform’s build of what it names: npm refuses to install from one that does not', () => {
  const { packages } = JSON.parse(code('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(name => !isFound(packages, path, name)),
  )
  expect(absent).toEqual([])
})

/** Whether `name` is found from `path`, looking up folder by folder as Node does. */
function isFound(packages: object, path: string, name: string): boolean {
  const place = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`
  if (place in packages) return true
  return (
    path !== '' &&
    isFound(packages, path.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$|^[^/]+(\/[^/]+)?$/, ''), name)
  )
}
