import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openObjects, type ObjectName, type ObjectStore } from './objects.ts'

const folder = mkdtempSync(join(tmpdir(), 'jikimi-objects-'))
const bucketFolder = mkdtempSync(join(tmpdir(), 'jikimi-bucket-'))
const s3 = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: bucketFolder,
  configureBuckets: [{ name: 'sealed', configs: [] }],
})
let s3Location = ''

beforeAll(async () => {
  const { port } = await s3.run()
  s3Location = `s3://S3RVER:S3RVER@127.0.0.1:${port}/sealed?tls=0`
})
afterAll(async () => {
  await s3.close()
  for (const path of [folder, bucketFolder]) rmSync(path, { recursive: true, force: true })
})

const stores: readonly [string, () => string][] = [
  ['a folder', () => folder],
  ['S3', () => s3Location],
]

describe.each(stores)('the object store in %s', (_, location) => {
  const open = (): Promise<ObjectStore> => openObjects(location())
  const bytes = Buffer.from('sealed bytes of an exhibit')
  const name = createHash('sha256').update(bytes).digest('hex') as ObjectName

  test('names an object by the SHA-256 of its sealed bytes and gives it back', async () => {
    const store = await open()
    expect(await store.put([bytes.subarray(0, 5), bytes.subarray(5)])).toEqual({ name, size: bytes.length })
    expect(Buffer.concat(await Array.fromAsync(await store.get(name)))).toEqual(bytes)
  })

  test('storing the same bytes twice keeps one object', async () => {
    const store = await open()
    await store.put([bytes])
    await store.put([bytes])
    expect(await Array.fromAsync(store.names())).toEqual([name])
  })

  test('a source that breaks off leaves nothing behind under any name', async () => {
    const store = await open()
    const broken = (async function* () {
      yield Buffer.from('half')
      throw new Error('the connection broke')
    })()
    await expect(store.put(broken)).rejects.toThrow('the connection broke')
    expect(await Array.fromAsync(store.names())).toEqual([name])
  })

  test('what was removed is gone, and removing it again is harmless', async () => {
    const store = await open()
    await store.remove(name)
    await store.remove(name)
    expect(await store.has(name)).toBe(false)
    await expect(store.get(name)).rejects.toThrow()
  })

  test('a store that works proves it', async () => {
    await expect((await open()).probe()).resolves.toBeUndefined()
  })
})

test('what a killed process left half-written is swept at the next start', async () => {
  const own = mkdtempSync(join(tmpdir(), 'jikimi-objects-'))
  await openObjects(own)
  writeFileSync(join(own, 'incoming', 'left'), 'half')
  await openObjects(own)
  expect(readdirSync(join(own, 'incoming'))).toEqual([])
  rmSync(own, { recursive: true, force: true })
})
