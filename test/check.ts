/**
 * Types, lint with the floors, formatting: what a change is checked for before it is committed.
 *
 *   npm run check
 */
import { spawn } from 'node:child_process'

const bin = (name: string) => `node_modules/.bin/${name}`
const sources = ['packages', 'server', 'cli', 'demo', 'bench', 'test', 'web', '*.ts', '*.mjs']
const steps = [
  { name: 'types', program: bin('tsc'), args: ['-p', '.'] },
  { name: 'types of the portal', program: bin('tsc'), args: ['-p', 'web/portal'] },
  { name: 'types of the console', program: bin('tsc'), args: ['-p', 'web/console'] },
  { name: 'lint and floors', program: bin('oxlint'), args: ['--type-aware', '.'] },
  { name: 'formatting', program: bin('oxfmt'), args: ['--check', ...sources] },
]

let failed = 0
for (const step of steps) {
  const { code, text } = await run(step.program, step.args)
  console.log(`${code === 0 ? '✓' : '✗'} ${step.name}`)
  if (code !== 0) {
    failed += 1
    console.log(text)
  }
}
process.exitCode = failed === 0 ? 0 : 1

function run(program: string, args: readonly string[]): Promise<{ code: number; text: string }> {
  return new Promise(resolve => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', error => resolve({ code: 1, text: error.message }))
    child.on('exit', code => resolve({ code: code ?? 1, text: Buffer.concat(chunks).toString('utf8') }))
  })
}
