import { createReadStream, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { linesOf, verifyLog, type LogReport } from '@jikimi/tlog'
import { ending, endWith, readsKorean } from './ending.ts'

interface Options {
  readonly log?: string
  readonly key?: string
  readonly checkpoint?: string
  readonly json?: boolean
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Verifies an exported log on this machine, without network and without trust in who exported it',
    )
    .argument('[log]', 'the file that GET /api/log/export gave; - reads the standard input')
    .option('--log <file>', 'the same, as an option')
    .option('--key <verifier>', 'the log’s verifier key, as it reached you by another way')
    .option('--checkpoint <file>', 'a checkpoint of this log that you kept from before')
    .option('--json', 'print the whole report as JSON')
    .addHelpText(
      'after',
      `
One sentence for each finding, in Korean or English by LANG, and what the file cannot prove.

Exit codes: 0 the log is sound; 1 it is not; 2 wrong words, or a file that cannot be read.`,
    )
    .action(async (argument: string | undefined, options: Options) => {
      const file = argument ?? options.log
      if (file === undefined) endWith(ending.wrongUse, 'Name the log file: jikimi verify LOGFILE')
      const report = await verify(file, options)
      if (options.json === true) console.log(JSON.stringify(report))
      else tell(report)
      process.exitCode = report.isSound ? ending.well : ending.badly
    })
}

async function verify(file: string, options: Options): Promise<LogReport> {
  try {
    const checkpoint = options.checkpoint === undefined ? undefined : readFileSync(options.checkpoint, 'utf8')
    const bytes = file === '-' ? process.stdin : createReadStream(file)
    return await verifyLog(linesOf(bytes as AsyncIterable<Uint8Array>), { verifier: options.key, checkpoint })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return endWith(ending.wrongUse, code === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.')
  }
}

function tell(report: LogReport): void {
  const language = readsKorean() ? 'ko' : 'en'
  const heads = {
    ko: { good: '이력이 온전합니다.', bad: '이력이 온전하지 않습니다.', not: '이것으로 증명되지 않는 것:' },
    en: { good: 'The log is sound.', bad: 'The log is NOT sound.', not: 'What this does not prove:' },
  }[language]
  console.log(report.isSound ? heads.good : heads.bad)
  for (const finding of [...report.faults, ...report.proven]) console.log(`  · ${finding[language]}`)
  console.log(heads.not)
  for (const finding of report.notProven) console.log(`  · ${finding[language]}`)
}
