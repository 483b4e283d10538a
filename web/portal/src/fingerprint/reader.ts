import type { Fault } from '@jikimi/shared/unfit.ts'
import type { Task, Word } from './messages.ts'

/** Reads one file at a time in a worker of its own. */
export interface Reader {
  read(task: Task): void
  /** Ends the worker, and with it whatever it holds in memory. */
  stop(): void
}

// A long video with far-apart key frames may take seconds a sample on an old phone.
const stalledAfterMs = 90_000

export function openReader(hear: (word: Word) => void): Reader {
  let worker: Worker | undefined
  let watch: ReturnType<typeof setTimeout> | undefined
  let reading: number | undefined

  const stop = () => {
    clearTimeout(watch)
    worker?.terminate()
    worker = undefined
    reading = undefined
  }
  const fail = (fault: Fault) => {
    const id = reading
    stop()
    if (id !== undefined) hear({ id, kind: 'failed', fault })
  }
  const expectWord = () => {
    clearTimeout(watch)
    watch = setTimeout(fail, stalledAfterMs, 'stalled')
  }
  const start = () => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data: word }: MessageEvent<Word>) => {
      if (word.kind === 'progress') expectWord()
      else clearTimeout(watch)
      hear(word)
    })
    // It catches everything itself: what is heard here is that its code did not come.
    started.addEventListener('error', () => fail('notLoaded'))
    return started
  }
  return {
    read(task) {
      worker ??= start()
      reading = task.id
      expectWord()
      worker.postMessage(task)
    },
    stop,
  }
}
