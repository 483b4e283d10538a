/** Why no fingerprint could be made of a file. */
export type Fault = 'unreadable' | 'noCodec' | 'tooLong' | 'tooLarge' | 'stalled' | 'notLoaded'

/** Ends the work on one file with a reason the person is told. */
export class Unfit extends Error {
  override readonly name = 'Unfit'
  readonly fault: Fault

  constructor(fault: Fault, cause?: unknown) {
    super(fault, { cause })
    this.fault = fault
  }
}

/** The reason behind whatever was thrown. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Unfit) return error.fault
  return error instanceof RangeError ? 'tooLarge' : 'unreadable'
}
