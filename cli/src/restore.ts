import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ending, endWith } from './ending.ts'
import { passphrase, passphraseHelp } from './passphrase.ts'
import { askControl } from './server-process.ts'

const steps: Readonly<Record<string, string>> = {
  opened: 'The backup opens',
  rows: 'The database is back',
  objects: 'The objects are back',
  checked: 'Counts and log agree with the backup',
  moved: 'Moved to its place',
}

interface Restored {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly objects: number
}

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description(
      'Restores a backup into an empty data folder (JIKIMI_DATA) or an empty database (DATABASE_URL)',
    )
    .argument('<file>', 'the backup')
    .option('--passphrase-file <path>', passphraseHelp)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
All of it, or nothing: before anything is kept, every count is compared with the backup's own list, every
object with its hash, and the log is verified from its first entry on. Work that was under way when the
backup was made is begun again at the next start.

Exit codes: 0 restored; 1 not restored, nothing is left of it; 2 wrong words or settings.`,
    )
    .action(restoreBackup)
}

async function restoreBackup(
  file: string,
  options: { passphraseFile?: string; json?: boolean },
): Promise<void> {
  if (!existsSync(file)) endWith(ending.wrongUse, `There is no file ${file}.`)
  const secret = await passphrase({ file: options.passphraseFile, isNew: false })
  const { code, says } = await askControl(['restore', resolve(file)], {
    secret,
    onStep: step => {
      if (options.json !== true) console.error(`· ${steps[step] ?? step}`)
    },
  })
  if (options.json === true) console.log(JSON.stringify(says ?? { fault: 'The restore broke off.' }))
  else if (code === 0) tell(says as Restored)
  else console.error((says as { fault?: string } | undefined)?.fault ?? 'The restore broke off.')
  process.exitCode = code === 0 ? ending.well : code === 2 ? ending.wrongUse : ending.badly
}

function tell({ madeAt, tables, rows, objects }: Restored): void {
  console.log(`Restored as of ${madeAt}: ${rows} rows in ${tables} tables, ${objects} objects.`)
  console.log('`jikimi start` continues from there.')
}
