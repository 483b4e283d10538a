import { closeSync, existsSync, openSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { ending, endWith } from './ending.ts'
import { passphrase, passphraseHelp } from './passphrase.ts'
import { askSettings } from './server-process.ts'

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description(
      'Makes one file of database, objects and keys while the product runs, sealed by a passphrase',
    )
    .argument('<file>', 'where the backup goes; it must not exist yet')
    .option('--passphrase-file <path>', passphraseHelp)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Without the passphrase the backup cannot be opened by anyone, ourselves included. Inside is a tar
sealed with age; restore reads it, and so do the tools age and tar. Run it as the user of the product,
on its machine. On the embedded database everybody else waits while the rows are read, about a second
for 50,000; on PostgreSQL nobody does. What was sent after a backup is not in it: after a restore look
at the notices of that time before you let the product run on.

Exit codes: 0 made; 1 failed, no file is left; 2 wrong words or settings; 3 the product does not run.`,
    )
    .action(makeBackup)
}

async function makeBackup(file: string, options: { passphraseFile?: string; json?: boolean }): Promise<void> {
  if (existsSync(file)) endWith(ending.wrongUse, `${file} exists already. Nothing was overwritten.`)
  if (!existsSync(dirname(resolve(file))))
    endWith(ending.wrongUse, 'The folder for the backup does not exist.')
  const { dataFolder, wrong } = await askSettings()
  if (dataFolder === null) return endWith(ending.wrongUse, wrong.map(each => each.line).join('\n'))
  const socket = join(dataFolder, 'control.sock')
  if (!existsSync(socket)) notRunning()
  const secret = await passphrase({ file: options.passphraseFile, isNew: true })
  const size = await write(file, await ask(socket, secret))
  if (options.json === true) console.log(JSON.stringify({ file: resolve(file), size }))
  else console.log(`${file} is made (${(size / 1e6).toFixed(1)} MB).`)
}

function notRunning(): never {
  return endWith(
    ending.outOfReach,
    'The product does not run with this data folder (JIKIMI_DATA) on this machine, or you are not its user.',
  )
}

/** Asks the running product; the answer is the backup, as it is made. */
function ask(socket: string, secret: string): Promise<IncomingMessage> {
  // A socket's path has at most 107 bytes (unix(7)); by way of an open folder any depth can be reached.
  const isLong = Buffer.byteLength(socket) > 100 && existsSync('/proc/self/fd')
  const folder = openSync(dirname(socket), 'r')
  const socketPath = isLong ? `/proc/self/fd/${folder}/${basename(socket)}` : socket
  const body = JSON.stringify({ passphrase: secret })
  return new Promise<IncomingMessage>(answered => {
    const asking = request(
      {
        socketPath,
        path: '/backup',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      answered,
    )
    asking.on('error', notRunning)
    asking.end(body)
  }).finally(() => closeSync(folder))
}

/** To the file once it is whole and durable; what breaks off leaves none. */
async function write(path: string, answer: IncomingMessage): Promise<number> {
  if (answer.statusCode !== 200) return endWith(ending.badly, 'The product refused to make a backup.')
  const partial = `${path}.partial`
  await rm(partial, { force: true })
  const file = await open(partial, 'wx', 0o600)
  let size = 0
  try {
    for await (const piece of answer) {
      await file.appendFile(piece as Uint8Array)
      size += (piece as Uint8Array).byteLength
    }
    await file.sync()
    await rename(partial, path)
    return size
  } catch {
    await rm(partial, { force: true })
    return endWith(ending.badly, 'The backup broke off. Nothing was kept; the log of the product says where.')
  } finally {
    await file.close()
  }
}
