/**
 * Runs the benches one after the other, or those that are named: each measures one claim beside a peer.
 *
 *   npm run bench
 *   npm run bench -- fingerprint-index
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
// Peers and this file measure nothing by themselves.
const notBenches = new Set(['run', 'fingerprint-textbook'])
const all = readdirSync(folder)
  .filter(name => name.endsWith('.ts'))
  .map(name => name.slice(0, -3))
  .filter(name => !notBenches.has(name) && !name.startsWith('robustness-') && !name.endsWith('-films'))
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !all.includes(name))

if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  process.exitCode = 2
} else {
  for (const name of wanted.length > 0 ? wanted : all) {
    console.log(`\n${name}`)
    const ran = spawnSync(process.execPath, [`${folder}${name}.ts`], { stdio: 'inherit' })
    if (ran.status !== 0) process.exitCode = 1
  }
}
