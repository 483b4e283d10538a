/** The proofs of transparency-dev/merkle, and the example of C2SP signed-note's own key format. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  openNote,
  parseCheckpoint,
  parseVerifier,
  signNote,
  verifyConsistency,
  verifyInclusion,
} from './index.ts'

const kit = resolve(process.env['JIKIMI_CONFORMANCE'] ?? '../shared/conformance', 'merkle', 'testdata')
const filesIn = (kind: string) =>
  readdirSync(join(kit, kind), { recursive: true, withFileTypes: true })
    .filter(found => found.isFile() && found.name.endsWith('.json'))
    .map(found => join(found.parentPath, found.name))
const bytes = (text: string | null) => new Uint8Array(Buffer.from(text ?? '', 'base64'))

interface Vector {
  readonly leafIdx: number
  readonly treeSize: number
  readonly leafHash: string
  readonly root: string
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

describe.skipIf(!existsSync(kit))('merkle vectors (skipped where the kit is absent)', () => {
  test('every inclusion proof is judged as the kit judges it', () => {
    const files = existsSync(kit) ? filesIn('inclusion') : []
    expect(files.length).toBeGreaterThan(90)
    for (const path of files) {
      const { leafIdx, treeSize, leafHash, root, proof, wantErr } = JSON.parse(
        readFileSync(path, 'utf8'),
      ) as Vector
      const claim = { index: leafIdx, size: treeSize, leaf: bytes(leafHash), root: bytes(root) }
      expect(verifyInclusion(claim, (proof ?? []).map(bytes)), path).toBe(!wantErr)
    }
  })

  test('every consistency proof is judged as the kit judges it', () => {
    const files = existsSync(kit) ? filesIn('consistency') : []
    expect(files.length).toBeGreaterThan(90)
    for (const path of files) {
      const vector = JSON.parse(readFileSync(path, 'utf8')) as Vector
      const growth = {
        oldSize: vector.size1,
        size: vector.size2,
        oldRoot: bytes(vector.root1),
        root: bytes(vector.root2),
      }
      expect(verifyConsistency(growth, (vector.proof ?? []).map(bytes)), path).toBe(!vector.wantErr)
    }
  })
})

// The example of golang.org/x/mod/sumdb/note, whose formats C2SP signed-note describes.
const example = {
  signer: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  verifier: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}

test('the example note is signed to the same bytes, and opens', async () => {
  const note = await signNote(example.text, example.signer)
  expect(note).toBe(`${example.text}\n${example.signature}`)
  expect(await openNote(note, example.verifier)).toBe(example.text)
  expect(await openNote(note.replace('answer', 'question'), example.verifier)).toBeUndefined()
})

test('the id of the example key is that of its name and bytes', () => {
  expect(parseVerifier(example.verifier)?.name).toBe('PeterNeumann')
  expect(parseVerifier(example.verifier.replace('Peter', 'Pater'))).toBeUndefined()
})

test('signatures of unknown keys are ignored, a bad one of a known key is not', async () => {
  const note = await signNote(example.text, example.signer)
  const stranger = '— witness.example AAAAAQID\n'
  expect(await openNote(note + stranger, example.verifier)).toBe(example.text)
  const spoilt = example.signature.replace('JkuBS', 'JkuBT')
  expect(await openNote(note + spoilt, example.verifier)).toBeUndefined()
  expect(await openNote(`${example.text}\n${stranger}`, example.verifier)).toBeUndefined()
})

test('the example checkpoint of C2SP is read', () => {
  const note =
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n'
  expect(parseCheckpoint(note)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
  expect(parseCheckpoint(note.replace('20852163', '020852163'))).toBeUndefined()
})
