/**
 * One spelling per web address, finding addresses in what people paste, and looking them up in lists of
 * hashes. Pure: the same in the browser and on the server.
 *
 * @module
 */
export { canonicalize } from './canonicalize.ts'
export { addressCharsMax, notCanonicalCodes, ownership } from './read.ts'
export type { NotCanonical, NotCanonicalCode, Options, WebAddress } from './read.ts'
export { exactExpression, expressions, hashOf, hashPrefix, hexOf, prefixBytes } from './expressions.ts'
export { findAddresses, foundMax } from './find.ts'
export { hostKind, isPrivateHost } from './host.ts'
export type { HostKind } from './host.ts'
