/**
 * Signed notes (C2SP signed-note) with Ed25519: a text, an empty line, and lines of signatures. Keys are
 * written as Go's `sumdb/note` writes them, so that its tools read them.
 *
 * @module
 */
import { fromBase64, toBase64 } from './base64.ts'
import { isEqual } from './merkle.ts'
import { sha256 } from './sha256.ts'

// C2SP signed-note, "Signature types".
const ed25519 = 0x01
const keyIdBytes = 4
const utf8 = new TextEncoder()
// Ed25519 private keys travel as PKCS #8 (RFC 8410, section 7): this, then the 32 bytes of the seed.
const pkcs8Prefix = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20)

interface Verifier {
  readonly name: string
  readonly keyId: Uint8Array
  readonly publicKey: Uint8Array
}

/** A new key for the log `name`: `signer` is the secret, `verifier` goes to everyone. */
export async function newLogKey(name: string): Promise<{ signer: string; verifier: string }> {
  demandName(name)
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  const seed = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).slice(-32)
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const id = toHex(keyIdOf(name, publicKey))
  return {
    signer: `PRIVATE+KEY+${name}+${id}+${toBase64(Uint8Array.of(ed25519, ...seed))}`,
    verifier: `${name}+${id}+${toBase64(Uint8Array.of(ed25519, ...publicKey))}`,
  }
}

/** Signs `text`, which ends in a newline. @throws Error on a malformed key or text */
export async function signNote(text: string, signer: string): Promise<string> {
  if (!isNoteText(text)) throw new Error('The text of a note is lines without control characters.')
  const [, name = '', id = '', key = ''] =
    /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(signer) ?? []
  const encoded = fromBase64(key)
  if (encoded?.length !== 33 || encoded[0] !== ed25519) throw new Error('This is not a signing key.')
  const pkcs8 = Uint8Array.of(...pkcs8Prefix, ...encoded.slice(1))
  const secret = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', secret, utf8.encode(text)))
  return `${text}\n— ${name} ${toBase64(Uint8Array.of(...fromHex(id), ...signature))}\n`
}

// C2SP asks for at least 16; ML-DSA cosignatures have up to 5 kB.
const signaturesMax = 64
const noteCharactersMax = 1_000_000

/** The text of a note that `verifier` has signed, or undefined where it has not. Other signatures are ignored. */
export async function openNote(note: string, verifier: string): Promise<string | undefined> {
  const known = parseVerifier(verifier)
  const parts = partsOf(note)
  if (known === undefined || parts === undefined) return undefined
  const ours = parts.signatures.filter(each => each.name === known.name && isEqual(each.keyId, known.keyId))
  if (ours.length === 0) return undefined
  const key = await crypto.subtle.importKey('raw', plain(known.publicKey), 'Ed25519', false, ['verify'])
  for (const { signature } of ours) {
    if (!(await crypto.subtle.verify('Ed25519', key, plain(signature), utf8.encode(parts.text))))
      return undefined
  }
  return parts.text
}

/** Reads `NAME+ID+KEY`; undefined where it is malformed or the ID is not that of the key. */
export function parseVerifier(verifier: string): Verifier | undefined {
  const [, name = '', id = '', key = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(verifier) ?? []
  const encoded = fromBase64(key)
  if (encoded?.length !== 33 || encoded[0] !== ed25519) return undefined
  const publicKey = encoded.slice(1)
  const keyId = keyIdOf(name, publicKey)
  return toHex(keyId) === id ? { name, keyId, publicKey } : undefined
}

interface NoteParts {
  readonly text: string
  readonly signatures: readonly { name: string; keyId: Uint8Array; signature: Uint8Array }[]
}

function partsOf(note: string): NoteParts | undefined {
  if (note.length > noteCharactersMax) return undefined
  const edge = note.lastIndexOf('\n\n')
  if (edge < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, edge + 1)
  const lines = note.slice(edge + 2, -1).split('\n')
  if (!isNoteText(text) || lines.length > signaturesMax) return undefined
  const signatures: { name: string; keyId: Uint8Array; signature: Uint8Array }[] = []
  for (const line of lines) {
    const [, name = '', written = ''] = /^— ([^+\s]+) (\S+)$/u.exec(line) ?? []
    const bytes = fromBase64(written)
    if (name === '' || bytes === undefined || bytes.length <= keyIdBytes) return undefined
    signatures.push({ name, keyId: bytes.slice(0, keyIdBytes), signature: bytes.slice(keyIdBytes) })
  }
  return { text, signatures }
}

function isNoteText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the specification forbids exactly these
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}

function keyIdOf(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(utf8.encode(`${name}\n`), Uint8Array.of(ed25519), publicKey).slice(0, keyIdBytes)
}

function demandName(name: string): void {
  if (name === '' || /[\s+]/u.test(name)) throw new Error('The name of a log has neither spaces nor a plus.')
}

const plain = (bytes: Uint8Array) => new Uint8Array(bytes)
const toHex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
