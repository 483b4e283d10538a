/** The life of a capture; there is no other way. A queued or running one is taken up again after a crash. */
export const next = {
  queued: ['running'],
  running: ['running', 'sealed', 'failed'],
  sealed: [],
  failed: [],
} as const satisfies Record<CaptureState, readonly CaptureState[]>

export type CaptureState = 'queued' | 'running' | 'sealed' | 'failed'

export function mayBecome(from: CaptureState, to: CaptureState): boolean {
  return (next[from] as readonly CaptureState[]).includes(to)
}
