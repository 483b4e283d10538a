/**
 * The server's own files as processes: what this command needs from them it asks there, never by import.
 *
 * @module
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const serverMain = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const control = fileURLToPath(new URL('../../server/src/control.ts', import.meta.url))

const pinned = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
/** The Node that the lock file names; where it is not installed, the one that runs this command. */
export const nodeProgram = existsSync(pinned) ? pinned : process.execPath

const impatientAfterMs = 2000

/**
 * Passes signals on to `child`, each once, and ends as it ends. A terminal sends Ctrl-C to every process of
 * its group and npm passes it on again: the child stands in a group of its own and is told by us alone. Asked
 * again after two seconds, it is stopped at once; it loses nothing by that.
 */
export function endAs(child: ChildProcess): Promise<void> {
  let askedAt: number | undefined
  const pass = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (askedAt === undefined) child.kill(signal)
    else if (now - askedAt > impatientAfterMs) child.kill('SIGKILL')
    askedAt ??= now
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass)
  return new Promise(resolve => {
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 1 : 128)
      resolve()
    })
  })
}

export interface Setting {
  readonly name: string
  readonly meaning: string
  readonly default: string | null
  readonly isSet: boolean
}

export interface Settings {
  readonly isRight: boolean
  readonly wrong: readonly { readonly name: string; readonly line: string }[]
  readonly dataFolder: string | null
  readonly settings: readonly Setting[]
}

/** The settings of this environment, as the server reads them. Without their values: some are secrets. */
export async function askSettings(): Promise<Settings> {
  return (await askControl(['settings'])).says as Settings
}

/** Runs the control file with a question; `secret` goes through the standard input, never through arguments. */
export function askControl(
  words: readonly string[],
  options: { secret?: string; onStep?: (step: string) => void } = {},
): Promise<{ code: number; says: unknown }> {
  // The passphrase is this command's, not the server's: it is no setting, and a child has no use for it.
  const { JIKIMI_PASSPHRASE: _, ...env } = process.env
  const child = spawn(nodeProgram, [control, ...words], { stdio: ['pipe', 'pipe', 'inherit', 'ipc'], env })
  child.on('message', (said: { step?: string }) => {
    if (said.step !== undefined) options.onStep?.(said.step)
  })
  child.stdin?.end(options.secret ?? '')
  let answer = ''
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (answer += piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 1, says: parsed(answer) }))
  })
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer)
  } catch {
    return undefined
  }
}
