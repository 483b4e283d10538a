import type { Fault } from '@jikimi/shared/unfit.ts'
import type { Lookup } from './api.ts'

/** What the look-up page says to its worker. */
export interface FileTask {
  readonly file: File
}

/** First its digests, which every file has, then what is seen in it. */
export type Stage = 'digests' | 'film'

/** What the worker says to the page. */
export type FileWord =
  | { readonly kind: 'progress'; readonly stage: Stage; readonly share: number }
  | { readonly kind: 'done'; readonly made: Made }
  | { readonly kind: 'failed' }

/** What this device has made of a file; the file itself stays here. */
export interface Made {
  readonly asked: Lookup
  readonly note: MadeNote | null
}

/** What to know of an answer: `weak…`, so little is to be seen that a copy may be missed; or why digests alone were asked for. */
export type MadeNote = 'weakPicture' | 'weakFilm' | 'firstPage' | Fault
