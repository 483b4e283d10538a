import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVideo, parseVpdq, videoFingerprint, vpdqForms, vpdqLines, type Fingerprint } from './index.ts'

// The first lines of facebook/ThreatExchange vpdq/sample-hashes/chair-22-with-small-logo-bar.txt, every tenth frame.
const sample = `0,100,34ed66396978db691a69f90f07f2c5937fa6183dfa4882d0a4936db40034df54,0
30,100,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,0.981
100,100,c1e19931793103642d6ae0f9dbdeb456e09613c97691f8169b379fa1826d655c,3.27
150,100,02b456debd4b69695aa51772cdb8fa1df0ded126a6c382f106e53d1b7e0b8050,4.9
200,100,694b7ec9236069296297ef5a9d3398b39dc83aad6385c60dcc749cc3cbb96114,6.57
`

const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map(text => text as Fingerprint)
const videos = fc
  .uniqueArray(fc.record({ atMs: fc.nat(86_400_000), hash, quality: fc.nat(100) }), {
    selector: frame => frame.atMs,
    minLength: 1,
    maxLength: 20,
  })
  .map(frames => videoFingerprint(frames, 86_400_000))

test('what is written is read again, in either form', () => {
  fc.assert(
    fc.property(videos, fc.constantFrom(...vpdqForms), (video, form) => {
      const read = parseVpdq(vpdqLines(video, form))
      const plain = video.frames.map(({ atMs, hash: own, quality }) => ({ atMs, hash: own, quality }))
      expect(read).toEqual({ durationMs: Math.max(1, plain.at(-1)!.atMs), frames: plain })
    }),
  )
})

test('the reference’s own lines are read, and written as it writes them', () => {
  const video = parseVpdq(sample)
  expect(video.frames.map(frame => frame.atMs)).toEqual([0, 981, 3270, 4900, 6570])
  expect(vpdqLines(video).split('\n')[1]).toBe(
    '1,100,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,0.981',
  )
  // The Python binding's example has hash and quality the other way round; programs on Windows end lines otherwise.
  const other = sample.replace(/^(\d+),(\d+),([0-9a-f]+)/gm, '$1,$3,$2').replaceAll('\n', '\r\n')
  expect(parseVpdq(`# a comment\n\n${other.toUpperCase()}`)).toEqual(video)
  expect(compareVideo(video, parseVpdq(vpdqLines(video, 'short'))).verdict).toBe('match')
})

test('a line that cannot be read is named by its number, and nothing of it is told', () => {
  const wrong = [
    'zz',
    '1,2',
    '1,101,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,1',
    '1,100,e42966f94b59,1',
    '1,100,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,-1',
    '1,100,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,90000',
    'x,100,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,1',
    '1,2,100,e42966f94b59db69196b790f07f2e1837fa6183dfec882d0a4b36db40034dd54,1',
  ]
  for (const line of wrong) {
    const read = () => parseVpdq(`${sample}\n${line}\n`)
    expect(read).toThrow(/^Line 7 is not a frame/)
    expect(read).not.toThrow(/[0-9a-f]{12}/)
  }
  expect(() => parseVpdq('# nothing\n')).toThrow(/at least one frame/)
})
