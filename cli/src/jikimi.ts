#!/usr/bin/env node
/**
 * `jikimi`: starts the product and works beside it. One file a command.
 *
 * Exit codes, for every command: 0 it is done and all is well; 1 it was done and the finding is bad, or it
 * failed; 2 the words of the command, a setting or a file are not right; 3 the product cannot be reached.
 *
 * @module
 */
import { Command } from 'commander'
import { addBackup } from './backup.ts'
import { addConfig } from './config.ts'
import { addDemo } from './demo.ts'
import { addFingerprint } from './fingerprint.ts'
import { addMatch } from './match.ts'
import { addRestore } from './restore.ts'
import { addStaffing } from './staffing.ts'
import { addStart } from './start.ts'
import { addVerify } from './verify.ts'

const program = new Command('jikimi')
  .description('From a victim’s report to a verified removal.')
  .version('0.1.0')
  .addHelpText(
    'after',
    `
Exit codes:
  0  done, and all is well
  1  done, and the finding is bad; or it failed
  2  the words of the command, a setting or a file are not right
  3  the product cannot be reached`,
  )
  .exitOverride(({ exitCode, code }) =>
    process.exit(code === 'commander.helpDisplayed' || exitCode === 0 ? 0 : 2),
  )

for (const add of [
  addStart,
  addDemo,
  addFingerprint,
  addMatch,
  addVerify,
  addConfig,
  addBackup,
  addRestore,
  addStaffing,
])
  add(program)

// Each command inherits how wrong words end: with 2 and the usage, never with a stack.
for (const command of program.commands.flatMap(each => [each, ...each.commands]))
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2)).showHelpAfterError()

await program.parseAsync()
