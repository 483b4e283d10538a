import type { Command } from 'commander'
import { distance, judge, matchDistanceMax, reviewDistanceMax, type Turn } from '@jikimi/fingerprint'
import { ending } from './ending.ts'
import { fingerprintFile } from './picture-file.ts'

export function addMatch(program: Command): void {
  program
    .command('match')
    .description('Compares one picture with others, in all eight turns')
    .argument('<file>', 'picture file')
    .argument('<others...>', 'picture files to compare it with')
    .option('--json', 'print JSON, one line a comparison')
    .addHelpText(
      'after',
      `
match: at most ${matchDistanceMax} of 256 bits differ; review: at most ${reviewDistanceMax}, or a picture too plain to be sure;
none: more. A person decides what is under review.

Exit codes: 0 one of them matches or is worth a look; 1 none does; 2 wrong words or an unreadable file.`,
    )
    .action(async (one: string, others: readonly string[], options: { json?: boolean }) => {
      const first = await fingerprintFile(one)
      process.exitCode = ending.badly
      for (const other of others) {
        const second = await fingerprintFile(other)
        const nearest = Object.entries(second.hashes)
          .map(([turn, hash]) => ({ turn: turn as Turn, distance: distance(first.hashes.identity, hash) }))
          .toSorted((a, b) => a.distance - b.distance)[0]!
        const quality = [first.quality, second.quality]
        const verdict = judge(nearest.distance, Math.min(...quality))
        if (verdict !== 'none') process.exitCode = ending.well
        if (options.json === true)
          console.log(JSON.stringify({ file: one, other, verdict, ...nearest, quality }))
        else console.log(`${verdict}  ${nearest.distance} of 256 bits differ (${nearest.turn})  ${other}`)
      }
    })
}
