import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { endAs, nodeProgram } from './server-process.ts'

const demo = fileURLToPath(new URL('../../demo/src/demo.ts', import.meta.url))

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Opens a synthetic country with stand-in hosts, all on this machine')
    .option('--play', 'play the whole story without a person; ends with a summary')
    .option('--speed <times>', 'how fast the product’s time runs')
    .option('--port <port>', 'port of the product')
    .addHelpText(
      'after',
      `
Exit codes: 0 it was stopped, or the story ended well; 1 it did not; 2 wrong words.`,
    )
    .action((options: { play?: boolean; speed?: string; port?: string }) => {
      const args = [
        ...(options.play === true ? ['--play'] : []),
        ...(options.speed === undefined ? [] : ['--speed', options.speed]),
        ...(options.port === undefined ? [] : ['--port', options.port]),
      ]
      const stdio = ['ignore', 'inherit', 'inherit'] as const
      return endAs(spawn(nodeProgram, [demo, ...args], { stdio: [...stdio], detached: true }))
    })
}
