import type { ReportedFingerprint } from '../api.ts'

/** Why no fingerprint could be made of a file. */
export type Fault = 'unreadable' | 'noCodec' | 'tooLong' | 'tooLarge' | 'stalled' | 'notLoaded'

/** What the page says to the worker. */
export interface Task {
  readonly id: number
  readonly file: File
}

/** What the worker says to the page. */
export type Word =
  | { readonly id: number; readonly kind: 'progress'; readonly share: number }
  | {
      readonly id: number
      readonly kind: 'done'
      readonly fingerprint: ReportedFingerprint
      readonly isWeak: boolean
    }
  | { readonly id: number; readonly kind: 'failed'; readonly fault: Fault }

/** Ends the work on one file with a reason the person is told. */
export class Unfit extends Error {
  override readonly name = 'Unfit'
  readonly fault: Fault

  constructor(fault: Fault, cause?: unknown) {
    super(fault, { cause })
    this.fault = fault
  }
}
