import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { play } from '../../demo/src/play.ts'
import { openStage } from '../story/stage.ts'

// SLOW=1 npm test -- test/weather; with KILLS=5 a short one.
const kills = Number(process.env['KILLS'] ?? 50)
const speed = 10_000
// How long the product lives before it is killed: long enough to do something, short enough to be in the midst of it.
const [livesMinMs, livesMaxMs] = [800, 5_000]

test(
  `killed ${kills} times in the midst of the story, the product completes it: nothing is lost, nothing is sent twice`,
  { timeout: 90 * 60_000 },
  async () => {
    await using stage = await openStage(speed)
    const { product, world, studio, cast } = stage
    const longestMs = 80 * 60_000
    const playing = new AbortController()
    let killed = 0
    const weather = (async () => {
      while (killed < kills && !playing.signal.aborted) {
        await pause(livesMinMs + Math.random() * (livesMaxMs - livesMinMs))
        await product.kill()
        killed += 1
        await product.startAgain()
      }
    })()
    const summary = await play({ url: () => product.url, world, studio, cast, speed, longestMs }, () => {})
    playing.abort()
    await weather
    console.log(`killed ${killed} times`, summary)
    expect(killed).toBeGreaterThan(0)
    expect(summary).toMatchObject({
      reports: 3,
      addresses: 10,
      casesOpen: 0,
      noticesReceivedTwice: 0,
      isLogSound: true,
    })
    expect(summary.removed + summary.blocked + summary.notTheirs).toBe(10)
  },
)
