import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'

const demo = fileURLToPath(new URL('../../demo/src/demo.ts', import.meta.url))

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Opens a synthetic country with stand-in hosts, all on this machine')
    .option('--play', 'play the whole story without a person; ends with a summary and exit code 0')
    .option('--speed <times>', 'how fast the product’s time runs')
    .option('--port <port>', 'port of the product', undefined)
    .action((options: { play?: boolean; speed?: string; port?: string }) => open(options))
}

function open(options: { play?: boolean; speed?: string; port?: string }): Promise<void> {
  const args = [
    ...(options.play === true ? ['--play'] : []),
    ...(options.speed === undefined ? [] : ['--speed', options.speed]),
    ...(options.port === undefined ? [] : ['--port', options.port]),
  ]
  const child = spawn(process.execPath, [demo, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise(resolve => {
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 1 : 128)
      resolve()
    })
  })
}
