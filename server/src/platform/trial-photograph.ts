/**
 * A photograph of an embedded database in memory, and the way back to it: a test gets a fresh database in a
 * tenth of the time that opening one takes. What makes up the state of the program is its linear memory and
 * the files of its in-memory file system with their open streams; all is put back between two statements, when
 * nothing is on the stack.
 *
 * @module
 */
import type { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { poolOver } from './embedded-database.ts'

/** The parts of Emscripten's in-memory file system that change while the database works. */
interface FileNode {
  name: string
  mode: number
  parent: FileNode
  mounted?: unknown
  readonly mount: { readonly type: unknown }
  name_next?: FileNode
  /** A folder's entries, or a file's bytes of which the first `usedBytes` count. */
  contents: Record<string, FileNode> | Uint8Array | null
  usedBytes: number
}
interface FileStream {
  fd: number
  position: number
  flags: number
}
interface Files {
  readonly root: FileNode
  readonly nameTable: (FileNode | undefined)[]
  readonly streams: (FileStream | null | undefined)[]
  isDir(mode: number): boolean
  isFile(mode: number): boolean
}

/**
 * Lends databases that are all as `open` made the first: one that was given back is put back to its photograph
 * and lent again.
 */
export function lender(
  open: () => Promise<PGlite>,
): () => Promise<{ pool: Pool; close: () => Promise<void> }> {
  const idle: { readonly pglite: PGlite; readonly putBack: () => void }[] = []
  return async () => {
    const lent = idle.pop() ?? (await firstOf(open))
    const pool = poolOver(lent.pglite)
    const close = async () => {
      await pool.end()
      await lent.pglite.exec('rollback')
      lent.putBack()
      idle.push(lent)
    }
    return { pool, close }
  }
}

async function firstOf(open: () => Promise<PGlite>) {
  const pglite = await open()
  // A library is linked once, outside of the memory: it has to be there before the photograph.
  await pglite.exec(`load 'plpgsql'`)
  return { pglite, putBack: photograph(pglite) }
}

/** Takes the photograph; the function given back returns the database to it, whatever was done since. */
function photograph(pglite: PGlite): () => void {
  const program = pglite.Module
  const memory = program.HEAPU8.slice()
  const putBackFiles = filesOf(program.FS as Files)
  return () => {
    program.HEAPU8.set(memory)
    // Memory only grows; what lies beyond the photograph was not there.
    program.HEAPU8.fill(0, memory.length)
    putBackFiles()
  }
}

function filesOf(files: Files): () => void {
  const contents = contentsOf(files)
  const table = files.nameTable.slice()
  const names = table.flatMap(first => [...chainFrom(first)])
  const streams = files.streams.map(stream => stream && { stream, ...stampOf(stream) })
  return () => {
    for (const putBack of contents) putBack()
    for (const { node, ...was } of names) Object.assign(node, was)
    table.forEach((first, hash) => (files.nameTable[hash] = first))
    files.streams.length = 0
    streams.forEach((was, fd) => {
      if (was)
        files.streams[fd] = Object.assign(was.stream, {
          fd: was.fd,
          position: was.position,
          flags: was.flags,
        })
    })
  }
}

const stampOf = ({ fd, position, flags }: FileStream) => ({ fd, position, flags })

/** The entries of one line of the table by which the file system finds a name. */
function* chainFrom(first: FileNode | undefined) {
  for (let node = first; node; node = node.name_next)
    yield { node, name: node.name, mode: node.mode, parent: node.parent, name_next: node.name_next }
}

function contentsOf(files: Files): (() => void)[] {
  const found: (() => void)[] = []
  const walk = (node: FileNode): void => {
    // Terminals, /proc and the like keep nothing.
    if (node.mounted || node.mount.type !== files.root.mount.type) return
    if (files.isDir(node.mode)) {
      const entries = { ...(node.contents as Record<string, FileNode>) }
      found.push(() => (node.contents = { ...entries }))
      Object.values(entries).forEach(walk)
    } else if (files.isFile(node.mode)) {
      const bytes = (node.contents as Uint8Array | null)?.slice(0, node.usedBytes) ?? null
      found.push(() =>
        Object.assign(node, { contents: bytes?.slice() ?? null, usedBytes: bytes?.length ?? 0 }),
      )
    }
  }
  walk(files.root)
  return found
}
