import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { committedKernel, compileKernel, kernelSource } from './build-kernel.ts'
import { kernelBase64, kernelSha256 } from './src/kernel-wasm.ts'

test('the committed kernel is what its sources compile to, byte for byte', () => {
  expect(kernelSource(compileKernel())).toBe(committedKernel())
})

test('the kernel carries its own checksum', () => {
  expect(createHash('sha256').update(Buffer.from(kernelBase64, 'base64')).digest('hex')).toBe(kernelSha256)
})
