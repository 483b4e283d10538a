import type { Command } from 'commander'
import { profile } from '@jikimi/fingerprint'
import { fingerprintFile } from './picture-file.ts'

export function addFingerprint(program: Command): void {
  program
    .command('fingerprint')
    .description('Prints the fingerprint (PDQ) and quality of pictures, the same bits as portal and server')
    .argument('<files...>', 'picture files: JPEG, PNG, WebP, AVIF, GIF, TIFF')
    .option('--json', 'print JSON, one line a file, with all eight turns')
    .addHelpText(
      'after',
      `
Nothing leaves this machine. Videos are not read here; the portal and the server fingerprint them.

Exit codes: 0 all done; 2 wrong words, or a file that is no picture.`,
    )
    .action(async (files: readonly string[], options: { json?: boolean }) => {
      for (const file of files) {
        const { hashes, quality } = await fingerprintFile(file)
        if (options.json === true)
          console.log(JSON.stringify({ file, profile, quality, hash: hashes.identity, hashes }))
        else console.log(`${hashes.identity}  ${quality}  ${file}`)
      }
    })
}
