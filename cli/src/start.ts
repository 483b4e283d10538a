import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

const steps: Readonly<Record<string, string>> = {
  database: 'Opening the database',
  migrations: 'Bringing the tables up to date',
  keys: 'Opening the keys',
  rooms: 'Getting the rooms ready',
  listening: 'Listening',
}

export function addStart(program: Command): void {
  program
    .command('start')
    .description('Starts the product. Settings: jikimi config --explain')
    .option('--json', 'print where it listens as one line of JSON')
    .action((options: { json?: boolean }) => start(options.json === true))
}

interface Ready {
  readonly step: string
  readonly port?: number
  readonly url?: string
  readonly firstLink?: string
}

/** Runs the server as a child, shows its steps, passes signals on, and ends as it ends. */
function start(isJson: boolean): Promise<void> {
  const child = fork(main, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] })
  const began = performance.now()
  child.on('message', (said: Ready) => {
    if (said.step !== 'ready') {
      if (!isJson) console.error(`· ${steps[said.step] ?? said.step}`)
      return
    }
    if (isJson)
      console.log(JSON.stringify({ url: said.url, port: said.port, firstLink: said.firstLink ?? null }))
    else tellReady(said, performance.now() - began)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise(resolve => {
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 1 : 128)
      resolve()
    })
  })
}

function tellReady({ url, firstLink }: Ready, tookMs: number): void {
  console.log(`
Jikimi runs (${(tookMs / 1000).toFixed(1)} s).

  Portal   ${url}/
  Console  ${url}/console/`)
  if (firstLink !== undefined)
    console.log(`
The first administrator is made under this link. It works once:

  ${firstLink}`)
  console.log('\nCtrl-C stops it.')
}
