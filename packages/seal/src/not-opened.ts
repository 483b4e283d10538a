/**
 * `noKey`: none of the keys, or the passphrase, fits. `damaged`: a key fits, and the bytes are not those that
 * were sealed, or some are missing. `notSealed`: not an age file, or its header is malformed.
 */
export type NotOpenedReason = 'noKey' | 'damaged' | 'notSealed'

const sentences = {
  noKey: 'None of the keys opens this file.',
  damaged: 'The sealed bytes are damaged or incomplete.',
  notSealed: 'This is not a file sealed with age.',
} as const satisfies Record<NotOpenedReason, string>

/** A sealed file did not open. What was given out before is genuine, and is not the whole. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened'
  readonly reason: NotOpenedReason

  constructor(reason: NotOpenedReason, cause?: unknown) {
    super(sentences[reason], { cause })
    this.reason = reason
  }
}
