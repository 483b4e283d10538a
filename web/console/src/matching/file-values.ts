import type { FileTask, FileWord, Made, Stage } from './file-words.ts'

/** What a file was asked for could not be made: it cannot be read, or the worker's code did not come. */
export class NotRead extends Error {
  override readonly name = 'NotRead'
}

/**
 * What banks are asked for of a file, made on this device in a worker of its own, which ends with it.
 * @throws NotRead
 * @throws DOMException where `signal` was aborted
 */
export function valuesOf(
  file: File,
  asked: { readonly signal: AbortSignal; readonly heard: (stage: Stage, share: number) => void },
): Promise<Made> {
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Made>((resolve, reject) => {
    worker.addEventListener('message', ({ data: word }: MessageEvent<FileWord>) => {
      if (word.kind === 'progress') asked.heard(word.stage, word.share)
      else if (word.kind === 'done') resolve(word.made)
      else reject(new NotRead())
    })
    worker.addEventListener('error', () => reject(new NotRead()))
    asked.signal.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')))
    worker.postMessage({ file } satisfies FileTask)
  }).finally(() => worker.terminate())
}
