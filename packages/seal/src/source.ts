/** Bytes in pieces of any size: a buffer in an array, a file's stream, a response body. */
export type Source = Iterable<Uint8Array> | AsyncIterable<Uint8Array>
