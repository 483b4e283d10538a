import type { Command } from 'commander'
import { distance, judge, type Turn } from '@jikimi/fingerprint'
import { ending } from './ending.ts'
import { fingerprintFile } from './picture-file.ts'

export function addMatch(program: Command): void {
  program
    .command('match')
    .description('Compares two pictures, in all turns. Exit code 0: match or worth a look; 1: none')
    .argument('<one>', 'picture file')
    .argument('<other>', 'picture file')
    .option('--json', 'print JSON')
    .action(async (one: string, other: string, options: { json?: boolean }) => {
      const [first, second] = [await fingerprintFile(one), await fingerprintFile(other)]
      const turned = Object.entries(second.hashes).map(([turn, hash]) => ({
        turn: turn as Turn,
        distance: distance(first.hashes.identity, hash),
      }))
      const nearest = turned.toSorted((a, b) => a.distance - b.distance)[0]!
      const verdict = judge(nearest.distance, Math.min(first.quality, second.quality))
      if (options.json === true)
        console.log(JSON.stringify({ verdict, ...nearest, quality: [first.quality, second.quality] }))
      else console.log(`${verdict}  ${nearest.distance} of 256 bits differ  (${nearest.turn})`)
      process.exitCode = verdict === 'none' ? ending.badly : ending.well
    })
}
