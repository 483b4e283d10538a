import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { ending } from './ending.ts'

const settings = fileURLToPath(new URL('../../server/src/platform/config.ts', import.meta.url))

export function addConfig(program: Command): void {
  program
    .command('config')
    .description('Checks the settings of this environment; --explain lists all of them')
    .option('--explain', 'every setting, its meaning and its default')
    .option('--json', 'print JSON')
    .action((options: { explain?: boolean; json?: boolean }) => {
      const asked = ask(options.explain === true ? 'explainSettings()' : 'readConfig(process.env)')
      if (options.json === true) console.log(JSON.stringify(asked))
      else if (options.explain === true) explain(asked as readonly Setting[])
      if (options.explain !== true)
        check(asked as { ok: boolean; wrong?: readonly Wrong[] }, options.json === true)
    })
}

interface Setting {
  readonly name: string
  readonly meaning: string
  readonly default: string | null
}
interface Wrong {
  readonly name: string
  readonly line: string
}

/** The server's own word on its settings, from a process of its own: secrets in them are never printed. */
function ask(question: string): unknown {
  const script = `import { explainSettings, readConfig } from ${JSON.stringify(settings)}
    const answer = ${question}
    console.log(JSON.stringify('ok' in answer && answer.ok ? { ok: true } : answer))`
  const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  return JSON.parse(ran.stdout)
}

function explain(all: readonly Setting[]): void {
  for (const { name, meaning, default: given } of all) {
    console.log(`${name}${given === null ? '' : `  (default ${given})`}`)
    console.log(`  ${meaning}\n`)
  }
}

function check(answer: { ok: boolean; wrong?: readonly Wrong[] }, isQuiet: boolean): void {
  if (!isQuiet) console.log(answer.ok ? 'The settings are right.' : '')
  for (const wrong of answer.wrong ?? []) console.error(wrong.line)
  process.exitCode = answer.ok ? ending.well : ending.wrongUse
}
