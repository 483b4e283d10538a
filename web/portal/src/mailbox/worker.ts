/**
 * Makes keys, seals and opens beside the page: a second of work on an old phone, and nothing of it leaves. This
 * worker makes no request but for its own code.
 *
 * @module
 */
import {
  furnish,
  keysOfReceipt,
  keysOfWord,
  newReceipt,
  openLetter,
  proveWork,
  sealLetter,
} from '@jikimi/seal/mailbox'

const verbs = {
  newReceipt: () => newReceipt(),
  furnish,
  keysOfReceipt,
  keysOfWord,
  proveWork: (challenge: string, bits: number) => proveWork(challenge, bits),
  sealLetter,
  openLetter,
}
export type Verbs = typeof verbs

export interface Asked {
  readonly id: number
  readonly verb: keyof Verbs
  readonly given: readonly unknown[]
}
export type Answered =
  | { readonly id: number; readonly made: unknown }
  | { readonly id: number; readonly fault: string }

addEventListener('message', ({ data: { id, verb, given } }: MessageEvent<Asked>) => {
  Promise.resolve((verbs[verb] as (...all: readonly unknown[]) => unknown)(...given)).then(
    made => tell({ id, made }),
    (error: unknown) => tell({ id, fault: error instanceof Error ? error.message : 'unknown' }),
  )
})

function tell(answered: Answered): void {
  ;(globalThis as unknown as { postMessage(answered: Answered): void }).postMessage(answered)
}
