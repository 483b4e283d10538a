/**
 * A library of SQLite's name that can do nothing. The shipped Chromium's certificates are read by NSS, whose
 * software token is linked with `libsqlite3.so.0` for a store of certificates on disk. Neither the npm package nor a
 * bare Debian has that library, and without it the browser ends at the first secure address. Our browser has no
 * such store: told that every call failed, NSS goes on without one, as it does for a read-only home.
 *
 * @module
 */

/** Calls that give a number; 1 is SQLITE_ERROR. */
const failing = [
  'sqlite3_bind_blob',
  'sqlite3_bind_int',
  'sqlite3_bind_text',
  'sqlite3_busy_timeout',
  'sqlite3_close',
  'sqlite3_column_bytes',
  'sqlite3_column_count',
  'sqlite3_column_int',
  'sqlite3_exec',
  'sqlite3_file_control',
  'sqlite3_finalize',
  'sqlite3_open_v2',
  'sqlite3_prepare_v2',
  'sqlite3_reset',
  'sqlite3_step',
]
/** Calls that give an address, or nothing. */
const giving = [
  'sqlite3_column_blob',
  'sqlite3_column_name',
  'sqlite3_column_text',
  'sqlite3_free',
  'sqlite3_mprintf',
]
const pointer = 'sqlite3_temp_directory'

/** Name by which it is asked for. */
export const standInName = 'libsqlite3.so.0'

/** Return 1, and return 0, in the machine's code; 8 bytes each. */
const machines = {
  x64: { code: 62, error: 'b801000000c39090', nothing: '31c0c39090909090' },
  arm64: { code: 183, error: '20008052c0035fd6', nothing: '00008052c0035fd6' },
} as const

// The largest page that Linux has on either: what may be written lies on a page of its own.
const page = 0x1_0000
const headBytes = 64
const segmentBytes = 56

/**
 * The library's bytes: an ELF shared object (System V gABI, chapters 4 and 5) without sections, which a loader does
 * not ask for.
 * @throws RangeError for a processor that the shipped browser does not run on
 */
export function sqliteStandIn(arch: string): Buffer {
  if (arch !== 'x64' && arch !== 'arm64') throw new RangeError('There is no stand-in for this processor.')
  const machine = machines[arch]
  const names = ['', ...failing, ...giving, pointer]
  const strings = Buffer.from([...names, standInName].map(name => `${name}\0`).join(''))
  const nameAt = (name: string) => strings.indexOf(`\0${name}\0`) + 1
  const hashAt = headBytes + segmentBytes * 4
  const hash = words(
    1,
    names.length,
    1,
    ...names.map((_, i) => (i === 0 || i === names.length - 1 ? 0 : i + 1)),
  )
  const symbolsAt = aligned(hashAt + hash.length)
  const stringsAt = symbolsAt + names.length * 24
  const textAt = aligned(stringsAt + strings.length)
  const text = Buffer.from(machine.error + machine.nothing, 'hex')
  const dynamicAt = page
  const dynamic = longs(
    [14, nameAt(standInName)], // DT_SONAME
    [4, hashAt], // DT_HASH
    [5, stringsAt], // DT_STRTAB
    [6, symbolsAt], // DT_SYMTAB
    [10, strings.length], // DT_STRSZ
    [11, 24], // DT_SYMENT
    [0, 0],
  )
  const dataAt = dynamicAt + dynamic.length
  const symbols = names.map((name, i) => {
    if (i === 0) return Buffer.alloc(24)
    if (name === pointer) return symbol(nameAt(name), 1, dataAt)
    return symbol(nameAt(name), 2, giving.includes(name) ? textAt + 8 : textAt)
  })
  const file = Buffer.alloc(dataAt + 8)
  head(machine.code).copy(file)
  const segments = [
    segment(1, 5, 0, textAt + text.length), // PT_LOAD, to be read and run
    segment(1, 6, dynamicAt, dynamic.length + 8), // PT_LOAD, to be read and written
    segment(2, 6, dynamicAt, dynamic.length), // PT_DYNAMIC
    segment(0x6474_e551, 6, 0, 0), // PT_GNU_STACK: nothing on the stack is run
  ]
  Buffer.concat(segments).copy(file, headBytes)
  hash.copy(file, hashAt)
  Buffer.concat(symbols).copy(file, symbolsAt)
  strings.copy(file, stringsAt)
  text.copy(file, textAt)
  dynamic.copy(file, dynamicAt)
  return file
}

function head(machine: number): Buffer {
  const made = Buffer.alloc(headBytes)
  made.write('7f454c46020101', 'hex') // 64 bits, little-endian
  made.writeUInt16LE(3, 16) // ET_DYN
  made.writeUInt16LE(machine, 18)
  made.writeUInt32LE(1, 20)
  made.writeBigUInt64LE(BigInt(headBytes), 32)
  made.writeUInt16LE(headBytes, 52)
  made.writeUInt16LE(segmentBytes, 54)
  made.writeUInt16LE(4, 56)
  made.writeUInt16LE(64, 58)
  return made
}

function segment(type: number, flags: number, at: number, bytes: number): Buffer {
  const made = Buffer.alloc(segmentBytes)
  made.writeUInt32LE(type)
  made.writeUInt32LE(flags, 4)
  for (const offset of [8, 16, 24]) made.writeBigUInt64LE(BigInt(at), offset)
  for (const offset of [32, 40]) made.writeBigUInt64LE(BigInt(bytes), offset)
  made.writeBigUInt64LE(BigInt(type === 1 ? page : 8), 48)
  return made
}

/** `kind` 1 is data, 2 a function; both are seen by everyone. */
function symbol(name: number, kind: number, at: number): Buffer {
  const made = Buffer.alloc(24)
  made.writeUInt32LE(name)
  made.writeUInt8((1 << 4) | kind, 4)
  // Any section that is not "undefined": there are none.
  made.writeUInt16LE(1, 6)
  made.writeBigUInt64LE(BigInt(at), 8)
  made.writeBigUInt64LE(8n, 16)
  return made
}

function words(...values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer)
}

function longs(...pairs: readonly (readonly [tag: number, value: number])[]): Buffer {
  return Buffer.from(BigUint64Array.from(pairs.flat().map(BigInt)).buffer)
}

function aligned(at: number): number {
  return (at + 15) & ~15
}
