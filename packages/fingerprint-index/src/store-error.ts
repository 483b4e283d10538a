/**
 * Why a store refuses: `inUse` another process has the folder; `damaged` a file lost what was acknowledged;
 * `undecipherable` another key, or an altered file; `failed` a write failed earlier and the store takes no
 * more until it is opened again; `closed`.
 */
export type StoreRefusal = 'inUse' | 'damaged' | 'undecipherable' | 'failed' | 'closed'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreRefusal

  constructor(code: StoreRefusal, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
