import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ending, endWith } from './ending.ts'

export const passphraseHelp =
  'file whose first line is the passphrase; else JIKIMI_PASSPHRASE is read, else it is asked for'

/** The passphrase, from a file, the environment, or a person; asked twice where it seals something new. */
export async function passphrase(options: { file: string | undefined; isNew: boolean }): Promise<string> {
  if (options.file !== undefined) return fromFile(options.file)
  const given = process.env['JIKIMI_PASSPHRASE']
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY)
    return endWith(
      ending.wrongUse,
      'A passphrase is needed: name a file with --passphrase-file, or set JIKIMI_PASSPHRASE.',
    )
  const first = await ask('Passphrase: ')
  if (first === '') return endWith(ending.wrongUse, 'The passphrase is empty.')
  if (options.isNew && (await ask('The same again: ')) !== first)
    return endWith(ending.wrongUse, 'The two differ. Nothing was done.')
  return first
}

function fromFile(path: string): string {
  try {
    const [line = ''] = readFileSync(path, 'utf8').split('\n')
    return line === '' ? endWith(ending.wrongUse, 'The passphrase file is empty.') : line
  } catch {
    return endWith(ending.wrongUse, 'The passphrase file cannot be read.')
  }
}

/** Asks without showing what is typed. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const answer = await terminal.question('')
  terminal.close()
  process.stderr.write('\n')
  return answer
}
