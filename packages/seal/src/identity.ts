import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'

/**
 * A new secret key, `AGE-SECRET-KEY-PQ-1…`: ML-KEM-768 with X25519, so that what is stored today stays shut
 * to a quantum computer. `age` from 1.3 on opens what is sealed to it.
 */
export function newIdentity(): Promise<string> {
  return generateHybridIdentity()
}

/** A new secret key of the older kind, `AGE-SECRET-KEY-1…` (X25519), for whom `age` before 1.3 must do. */
export function newCourtIdentity(): Promise<string> {
  return generateX25519Identity()
}

/** The public half of `identity`, `age1…`: whoever has it can seal, and not open. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity)
}
