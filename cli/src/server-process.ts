/**
 * The server's own files as processes: what this command needs from them it asks there, never by import.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const serverMain = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const control = fileURLToPath(new URL('../../server/src/control.ts', import.meta.url))

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
  const child = spawn(process.execPath, [control, ...words], { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
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
