import type { Command } from 'commander'
import { ending, endWith } from './ending.ts'
import { askSettings, type Settings } from './server-process.ts'

export function addConfig(program: Command): void {
  program
    .command('config')
    .description('Checks the settings of this environment; --explain lists all of them')
    .option('--explain', 'every setting: its meaning, its default, and whether it is set here')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Settings come from the environment and from jikimi.json in the data folder (or the file that
JIKIMI_CONFIG names); the environment wins. Values are never printed: some are secrets.

Exit codes: 0 the settings are right; 2 they are not.`,
    )
    .action(async (options: { explain?: boolean; json?: boolean }) => {
      const asked = (await askSettings()) as Settings | undefined
      if (asked === undefined) endWith(ending.badly, 'The settings could not be read.')
      if (options.json === true) console.log(JSON.stringify(asked))
      else if (options.explain === true) explain(asked)
      else if (asked.isRight) console.log('The settings are right.')
      for (const { line } of asked.wrong) console.error(line)
      process.exitCode = asked.isRight ? ending.well : ending.wrongUse
    })
}

function explain({ settings }: Settings): void {
  for (const { name, meaning, default: given, isSet } of settings) {
    console.log(`${name}${given === null ? '' : `  (default ${given})`}${isSet ? '  [set here]' : ''}`)
    console.log(`  ${meaning}\n`)
  }
}
