/**
 * Sealing in the age v1 format: to whom, with which keys. Headers and keys are made by `age-encryption`, the
 * payload by the system's ChaCha20-Poly1305, which is some six times as fast. Any tool that reads age v1
 * opens what is sealed here.
 *
 * @module
 */
export { newCourtIdentity, newIdentity, recipientOf } from './identity.ts'
export { open, openWithPassphrase } from './open.ts'
export { seal, sealWithPassphrase } from './seal.ts'
export { NotOpened } from './not-opened.ts'
export type { NotOpenedReason } from './not-opened.ts'
export type { Source } from './source.ts'
