import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprintsMax, type ReportedVideo } from '../api.ts'
import { boundedFingerprints } from './bounded.ts'

const video = (count: number): ReportedVideo => ({
  kind: 'video',
  profile: 'pdq-512/1',
  durationMs: count * 1000,
  frames: Array.from({ length: count }, (_, i) => ({ atMs: i * 1000, hash: '0'.repeat(64), quality: 90 })),
})

test('whatever is chosen fits into one report, and short clips lose nothing to long films', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: fingerprintsMax })
  fc.assert(
    fc.property(counts, fc.integer({ min: fingerprintsMax, max: 6000 }), (made, countMax) => {
      const sent = boundedFingerprints(made.map(video), countMax) as ReportedVideo[]
      const kept = sent.map(each => each.frames.length)
      expect(kept.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(countMax)
      const most = Math.max(...kept)
      made.forEach((count, i) => expect(kept[i]).toBe(Math.min(count, most)))
      for (const { frames } of sent) expect(frames[0]!.atMs).toBe(0)
    }),
    { numRuns: 50 },
  )
})

test('a report within the bound is sent as it is', () => {
  const fingerprints = [
    video(3),
    { kind: 'picture', profile: 'pdq-512/1', hash: '0'.repeat(64), quality: 9 } as const,
  ]
  expect(boundedFingerprints(fingerprints)).toEqual(fingerprints)
})
