import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { verifyLog, type LogReport } from '@jikimi/tlog'
import { ending, endWith, readsKorean } from './ending.ts'

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Verifies an exported log on this machine, without network and without trust in who exported it',
    )
    .argument('<log>', 'the file that GET /api/log/export gave')
    .option('--key <verifier>', 'the log’s verifier key, as you have it from elsewhere')
    .option('--checkpoint <file>', 'a checkpoint of this log that you kept from before')
    .option('--json', 'print the whole report as JSON')
    .action(async (file: string, options: { key?: string; checkpoint?: string; json?: boolean }) => {
      const report = await verify(file, options)
      if (options.json === true) console.log(JSON.stringify(report))
      else tell(report)
      process.exitCode = report.isSound ? ending.well : ending.badly
    })
}

async function verify(file: string, options: { key?: string; checkpoint?: string }): Promise<LogReport> {
  try {
    const checkpoint = options.checkpoint === undefined ? undefined : readFileSync(options.checkpoint, 'utf8')
    const lines = createInterface({
      input: createReadStream(file, 'utf8'),
      crlfDelay: Number.POSITIVE_INFINITY,
    })
    return await verifyLog(lines, { verifier: options.key, checkpoint })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return endWith(ending.wrongUse, code === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.')
  }
}

function tell(report: LogReport): void {
  const language = readsKorean() ? 'ko' : 'en'
  const heads = {
    ko: { good: '이력이 온전합니다.', bad: '이력이 온전하지 않습니다.', not: '증명되지 않는 것:' },
    en: { good: 'The log is sound.', bad: 'The log is NOT sound.', not: 'What this does not prove:' },
  }[language]
  console.log(report.isSound ? heads.good : heads.bad)
  for (const finding of [...report.faults, ...report.proven]) console.log(`  · ${finding[language]}`)
  console.log(heads.not)
  for (const finding of report.notProven) console.log(`  · ${finding[language]}`)
}
