#!/usr/bin/env node
/**
 * Makes a fresh clone ready and then does what was asked, on the Node that the lock file pins. Runs on any
 * Node from 20.19 on, before anything is installed, so it uses nothing but Node itself.
 *
 *   node set-up.mjs start | demo | test | check | bench | build | jikimi [ARGUMENTS]
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const top = fileURLToPath(new URL('.', import.meta.url))
const pinnedNode = join(top, 'node_modules', 'node', 'bin', 'node')
const marks = join(top, 'node_modules', '.jikimi')
const [command = 'start', ...rest] = process.argv.slice(2)

const jikimi = join('cli', 'src', 'jikimi.ts')
const needsWeb = new Set(['start', 'demo', 'test', 'build'])
const commands = {
  start: () => onPinnedNode([jikimi, 'start', ...rest]),
  demo: () => onPinnedNode([jikimi, 'demo', ...rest]),
  jikimi: () => onPinnedNode([jikimi, ...rest]),
  test: () => onPinnedNode([join('test', 'run.ts'), ...rest]),
  check: () => onPinnedNode([join('test', 'check.ts'), ...rest]),
  bench: () => onPinnedNode([join('bench', 'run.ts'), ...rest]),
  build: async () => 0,
}

if (!(command in commands)) {
  console.error(`Unknown command ${command}. One of: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
process.chdir(top)
if (!(await install())) process.exit(1)
if (needsWeb.has(command) && !(await buildWeb())) process.exit(1)
process.exitCode = await commands[command]()

/** Installs what the lock file names, unless that is done already. */
async function install() {
  const mark = digest(['package-lock.json', 'package.json'])
  if (isDone('installed', mark) && existsSync(pinnedNode)) return true
  progress('Installing what the lock file names (once)')
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await run('npm', args, { stdio: ['ignore', 2, 2] })
  if (code !== 0) {
    console.error(
      'The installation failed. Is the package registry reachable? Nothing else was changed; try again.',
    )
    return false
  }
  done('installed', mark)
  return true
}

/** Builds portal and console, unless their sources are as they were at the last build. */
async function buildWeb() {
  const mark = digest(filesOf(['web', 'packages'], name => !name.endsWith('.test.ts')))
  if (
    isDone('built', mark) &&
    ['portal', 'console'].every(app => existsSync(join('web', app, 'dist', 'index.html')))
  )
    return true
  for (const app of ['portal', 'console']) {
    progress(`Building the ${app}`)
    const vite = join(top, 'node_modules', 'vite', 'bin', 'vite.js')
    const code = await run(pinnedNode, [vite, 'build', '--logLevel', 'warn'], {
      cwd: join(top, 'web', app),
      stdio: ['ignore', 2, 2],
    })
    if (code !== 0) return false
  }
  done('built', mark)
  return true
}

function onPinnedNode(args) {
  // npm puts node_modules/.bin first in PATH, and programs that start `node` themselves must find the pinned one.
  const PATH = `${join(top, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`
  return run(pinnedNode, args, { stdio: 'inherit', env: { ...process.env, PATH } })
}

function run(program, args, options) {
  return new Promise(resolve => {
    const child = spawn(program, args, options)
    const pass = signal => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal))
    child.on('error', () => resolve(1))
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 128 : 1)))
  })
}

function progress(what) {
  process.stderr.write(`· ${what}\n`)
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}

function filesOf(folders, wanted) {
  return folders
    .flatMap(folder => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter(found => found.isFile())
    .map(found => join(found.parentPath ?? found.path, found.name))
    .filter(
      path => !/(^|\/)(node_modules|dist)\//.test(path) && wanted(path) && statSync(path).size < 4_000_000,
    )
    .sort()
}

function isDone(step, mark) {
  const path = join(marks, step)
  return existsSync(path) && readFileSync(path, 'utf8') === mark
}

function done(step, mark) {
  mkdirSync(marks, { recursive: true })
  writeFileSync(join(marks, step), mark)
}
