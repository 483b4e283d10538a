/**
 * The whole test run: everything on the embedded database, and the server's tests once more on a real
 * PostgreSQL where one is installed. Ends with one line that counts.
 *
 *   npm test                 everything
 *   npm test -- server/src   only what lies there
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { startPostgres } from './postgres.ts'

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
  /** A line for each failure: where, which test, and the beginning of what it says. */
  readonly failures: readonly string[]
}

/** What has nothing to do with a PostgreSQL of the machine. */
const withoutPostgres = ['**/*.browser.test.ts', '**/embedded-database.test.ts']

const only = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'jikimi-test-'))

try {
  console.log('\nOn the embedded database')
  const counts = [await vitest('embedded', only, {})]
  await using postgres = await startPostgres()
  if (postgres === undefined) {
    console.log('\nPostgreSQL is not installed here: the server’s tests ran on the embedded database only.')
  } else {
    console.log(`\nThe server’s tests once more, on PostgreSQL ${postgres.version}`)
    const onServer = only.length > 0 ? only : ['server/']
    counts.push(
      await vitest('postgres', [...onServer, ...withoutPostgres.flatMap(each => ['--exclude', each])], {
        JIKIMI_TEST_POSTGRES: postgres.url,
      }),
    )
  }
  report(counts)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report(counts: readonly Counts[]): void {
  const skipped = [...new Set(counts.flatMap(each => each.skipped))]
  if (skipped.length > 0)
    console.log(`\nSkipped, for want of what they need:\n${skipped.map(name => `  · ${name}`).join('\n')}`)
  // Said again at the very end: of a long run often only the last page is kept.
  const failures = counts.flatMap(each => each.failures)
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map(line => `  · ${line}`).join('\n')}`)
  const passed = counts.reduce((sum, each) => sum + each.passed, 0)
  const failed = counts.reduce((sum, each) => sum + each.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

async function vitest(
  name: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Counts> {
  const output = join(folder, `${name}.json`)
  const code = await new Promise<number>(resolve => {
    const runner = spawn(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${output}`,
        ...args,
      ],
      { stdio: 'inherit', env: { ...process.env, ...environment } },
    )
    runner.on('exit', exit => resolve(exit ?? 1))
  })
  return countsOf(name, output, code)
}

interface Output {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly FileOutput[]
}

interface FileOutput {
  readonly name: string
  readonly status: string
  readonly message: string
  readonly assertionResults: readonly { status: string; fullName: string; failureMessages: string[] }[]
}

function failuresOf(name: string, file: FileOutput): string[] {
  const failed = file.assertionResults.filter(test => test.status === 'failed')
  const where = `${relative(process.cwd(), file.name)} (${name})`
  if (failed.length === 0) return file.status === 'failed' ? [`${where}: ${beginningOf(file.message)}`] : []
  return failed.map(
    test => `${where}: ${test.fullName}\n    ${beginningOf(test.failureMessages[0] ?? 'without a message')}`,
  )
}

function beginningOf(message: string): string {
  return message.split('\n').slice(0, 12).join('\n    ')
}

function countsOf(name: string, path: string, code: number): Counts {
  try {
    const output = JSON.parse(readFileSync(path, 'utf8')) as Output
    // A file that broke before its first test counts as one failure; so does a run that failed without saying why.
    const broken = output.testResults.filter(
      file => file.status === 'failed' && file.assertionResults.every(test => test.status !== 'failed'),
    ).length
    const failures = output.testResults.flatMap(file => failuresOf(name, file))
    const failed = output.numFailedTests + broken
    const skipped = output.testResults.flatMap(file =>
      file.assertionResults
        .filter(test => test.status === 'pending' || test.status === 'skipped')
        .map(test => test.fullName),
    )
    if (failed > 0 || code === 0) return { passed: output.numPassedTests, failed, skipped, failures }
    const unsaid = `the ${name} run ended with ${code} though no test failed: see its “Unhandled errors” above`
    return { passed: output.numPassedTests, failed: 1, skipped, failures: [unsaid] }
  } catch {
    return { passed: 0, failed: 1, skipped: [], failures: [`the ${name} run left no report`] }
  }
}
