/**
 * The gate before every publication: what was written is read again as a resolver reads it, by our own reader
 * and, where they are on the machine, by BIND's and Unbound's own. A list that fails stays in; the last good
 * one stays out.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { isHashList } from './list.ts'
import { readZone, ZoneFault } from './rpz.ts'

const run = promisify(execFile)
// 100,000 names take named-checkzone about a second.
const checkMs = 60_000
// Only for the check: a subscriber gives the zone the name it likes.
export const zoneName = 'rpz.jikimi.invalid'

export interface Lists {
  readonly serial: number
  readonly names: readonly string[]
  readonly zone: string
  readonly hashes: Buffer
}

export type Checker = 'named-checkzone' | 'unbound-checkconf'

/** Such tools lie where a service's own path often does not look. */
const whereCheckersLie = () =>
  [process.env['PATH'] ?? '', '/usr/sbin', '/usr/local/sbin', '/usr/bin'].join(delimiter)

/**
 * Writes the lists to a folder of their own, reads them back and has them checked by what lies on `path`.
 * @returns which outside checkers were there
 * @throws ZoneFault the lists are not what was wanted, or a checker refuses them
 */
export async function passGate(lists: Lists, path = whereCheckersLie()): Promise<readonly Checker[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jikimi-gate-'))
  try {
    const zonePath = join(folder, 'rpz.zone')
    await writeFile(zonePath, lists.zone)
    await writeFile(join(folder, 'hashes.bin'), lists.hashes)
    const read = readZone(await readFile(zonePath, 'utf8'))
    if (read.serial !== lists.serial) throw new ZoneFault('The zone has another serial.')
    if (
      read.names.length !== lists.names.length ||
      read.names.some((name, place) => name !== lists.names[place])
    )
      throw new ZoneFault('The zone has other names.')
    const hashes = await readFile(join(folder, 'hashes.bin'))
    if (!isHashList(hashes) || !hashes.equals(lists.hashes))
      throw new ZoneFault('The hashed list is damaged.')
    const present: Checker[] = []
    if (await checked(path, 'named-checkzone', ['-q', '-i', 'none', zoneName, zonePath]))
      present.push('named-checkzone')
    await writeFile(join(folder, 'unbound.conf'), unboundConfig(zonePath))
    if (await checked(path, 'unbound-checkconf', ['-f', join(folder, 'unbound.conf')]))
      present.push('unbound-checkconf')
    return present
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** False where the checker is not on this machine. @throws ZoneFault it refuses the list */
async function checked(path: string, checker: Checker, args: readonly string[]): Promise<boolean> {
  try {
    await run(checker, [...args], { timeout: checkMs, env: { PATH: path }, maxBuffer: 1024 * 1024 })
    return true
  } catch (error) {
    // EACCES: nowhere found, and some folder of the path is closed to this user (execvp(3)).
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'EACCES') return false
    throw new ZoneFault(`${checker} refuses the list.`, { cause: error })
  }
}

function unboundConfig(zonePath: string): string {
  return `server:
  module-config: "respip validator iterator"
  chroot: ""
  username: ""
  directory: ""
  auto-trust-anchor-file: ""
rpz:
  name: "${zoneName}."
  zonefile: "${zonePath}"
`
}
