import { open, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { StoreError } from './store-error.ts'

const held = new Set<string>()

/**
 * Takes a folder for this process, and gives the way to let it go. A lock whose process is gone is taken over:
 * after a kill nobody should have to clean up.
 * @throws StoreError `inUse`
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(resolve(folder), 'lock')
  const refuse = () => new StoreError('inUse', 'Another process has this folder open.')
  if (held.has(path)) throw refuse()
  held.add(path)
  try {
    for (let tries = 0; ; tries++) {
      if (await tryLock(path)) break
      if (tries > 2 || (await isHeld(path))) throw refuse()
      await rm(path, { force: true })
    }
  } catch (error) {
    held.delete(path)
    throw error
  }
  return async () => {
    await rm(path, { force: true })
    held.delete(path)
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600)
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isHeld(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid < 1 || pid === process.pid) return false // our own number from a life before
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
