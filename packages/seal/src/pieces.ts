import type { Source } from './source.ts'

/** Takes bytes from a source in the sizes that a format wants. */
export interface Pieces {
  /** The next `size` bytes; fewer only where the source ends. */
  take(size: number): Promise<Uint8Array>
  /** True when nothing is left. Waits for the source where it must. */
  isSpent(): Promise<boolean>
  /** Lets go of the source, also when it is not read to its end. */
  close(): Promise<void>
}

export function piecesOf(source: Source): Pieces {
  const reader = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let held: Uint8Array[] = []
  let heldBytes = 0
  let hasEnded = false

  const fill = async (size: number) => {
    while (heldBytes < size && !hasEnded) {
      const next = await reader.next()
      if (next.done === true) hasEnded = true
      else if (next.value.byteLength > 0) {
        held.push(next.value)
        heldBytes += next.value.byteLength
      }
    }
  }

  return {
    async take(size) {
      await fill(size)
      const taken = Buffer.allocUnsafe(Math.min(size, heldBytes))
      let filled = 0
      while (filled < taken.byteLength) {
        const first = held[0]!
        const part = first.subarray(0, taken.byteLength - filled)
        taken.set(part, filled)
        filled += part.byteLength
        if (part.byteLength === first.byteLength) held.shift()
        else held[0] = first.subarray(part.byteLength)
      }
      heldBytes -= taken.byteLength
      return taken
    },
    async isSpent() {
      await fill(1)
      return heldBytes === 0
    },
    async close() {
      held = []
      await reader.return?.()
    },
  }
}
