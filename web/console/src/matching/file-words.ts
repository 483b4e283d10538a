import type { FileValues } from './api.ts'

/** What the look-up page says to its worker. */
export interface FileTask {
  readonly file: File
}

/** What the worker says to the page. */
export type FileWord =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly made: Made }
  | { readonly kind: 'failed' }

/** What this device has made of a file; the file itself stays here. */
export interface Made {
  /** What the banks are asked for. Of a picture the fingerprint in its eight turns; none of what is no picture. */
  readonly values: FileValues
  /** So little to see in it that a copy may be missed. */
  readonly isWeak: boolean
}
