import { expect, test } from 'vitest'
import type { Added } from './api.ts'
import { begun, fileBytesMax, partsOf, sendList, Unsendable, type Part, type Progress } from './list-file.ts'

const all = async (file: Blob, isWhole = false) => {
  const parts: Part[] = []
  for await (const part of partsOf(file, isWhole)) parts.push(part)
  return parts
}
const lines = (count: number, line = (at: number) => `${at}`.padStart(64, '0')) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')
const answer = (part: Partial<Added>): Added => ({
  read: 0,
  added: 0,
  known: 0,
  withdrawn: 0,
  entries: [],
  unreadable: [],
  unreadableCount: 0,
  ...part,
})

test('a file is sent in parts of whole lines, none lost, none twice, each within what the server takes', async () => {
  const text = lines(12_345, at => (at % 100 === 0 ? '' : '가"'.repeat(at % 90)))
  const parts = await all(new Blob([text]))
  expect(parts.length).toBeGreaterThan(2)
  expect(parts.map(part => part.text).join('\n')).toBe(text)
  let line = 1
  for (const part of parts) {
    expect(part.firstLine).toBe(line)
    line += part.text.split('\n').length
    expect(part.text.split('\n').length).toBeLessThanOrEqual(4000)
    expect(Buffer.byteLength(JSON.stringify(part.text))).toBeLessThan(1024 * 1024)
  }
  expect(parts.at(-1)!.share).toBe(1)
  expect(parts.map(part => part.share)).toEqual(parts.map(part => part.share).toSorted((a, b) => a - b))
  expect(parts[0]!.share, 'what is read, not what is in memory').toBeLessThan(0.8)
  expect(await all(new Blob(['']))).toEqual([])
  expect(await all(new Blob(['a\r\nb\r\n']))).toMatchObject([{ text: 'a\nb\n' }])
})

test('what is no text, too large, or a film too long for one request is told apart', async () => {
  const faultOf = (file: Blob, isWhole = false) =>
    all(file, isWhole).then(
      () => undefined,
      (error: unknown) => (error instanceof Unsendable ? error.fault : String(error)),
    )
  expect(await faultOf(new Blob([new Uint8Array([0xff, 0xfe, 0xfd])]))).toBe('noText')
  expect(await faultOf(new Blob(['x'.repeat(1_000_000)]))).toBe('noText')
  expect(await faultOf(new Blob(['x'.repeat(900_001)]), true)).toBe('filmTooLong')
  expect(await faultOf({ size: fileBytesMax + 1 } as Blob)).toBe('tooLarge')
})

test('what stopped goes on where it stopped; lines are numbered as in the file', async () => {
  const file = new Blob([lines(12_000)])
  const sent: number[] = []
  let last: Progress = begun
  const run = (isFailing: boolean) =>
    sendList(file, {
      isWhole: false,
      from: last,
      heard: progress => (last = progress),
      send: async text => {
        if (isFailing && sent.length === 1) throw new Error('no network')
        const count = text.split('\n').length
        sent.push(count)
        return answer({
          read: count,
          added: count,
          unreadable: [{ line: 2, fault: 'value' }],
          unreadableCount: 1,
        })
      },
    })
  await expect(run(true)).rejects.toThrow('no network')
  expect(last).toMatchObject({ parts: 1, totals: { added: 4000 } })
  await run(false)
  expect(sent).toEqual([4000, 4000, 4000])
  expect(last).toMatchObject({ parts: 3, share: 1, totals: { read: 12_000, unreadableCount: 3 } })
  expect(last.totals.unreadable.map(each => each.line)).toEqual([2, 4002, 8002])
})
