import type { Command } from 'commander'
import { profile } from '@jikimi/fingerprint'
import { fingerprintFile } from './picture-file.ts'

export function addFingerprint(program: Command): void {
  program
    .command('fingerprint')
    .description('Prints the fingerprint (PDQ) and quality of pictures')
    .argument('<file...>', 'picture files')
    .option('--json', 'print JSON, one line a file, with all eight turns')
    .action(async (files: readonly string[], options: { json?: boolean }) => {
      for (const file of files) {
        const { hashes, quality } = await fingerprintFile(file)
        if (options.json === true)
          console.log(JSON.stringify({ file, profile, quality, hash: hashes.identity, hashes }))
        else console.log(`${hashes.identity}  ${quality}  ${file}`)
      }
    })
}
