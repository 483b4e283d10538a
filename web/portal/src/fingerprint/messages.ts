import type { Fault } from '@jikimi/shared/unfit.ts'
import type { ReportedFingerprint } from '../api.ts'

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
