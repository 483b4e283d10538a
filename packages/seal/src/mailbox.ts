/**
 * What a browser needs of this package: the keys of a receipt, and letters sealed to and opened with them. It has
 * no part of Node in it.
 *
 * @module
 */
export { furnish, type Furnished, type Mailbox } from './furnish.ts'
export { newIdentity, recipientOf } from './identity.ts'
export { openLetter, sealLetter } from './letter.ts'
export {
  keysOfReceipt,
  keysOfWord,
  newReceipt,
  proofCost,
  proveWork,
  receiptDigits,
  zeroBitsOf,
  type KeyPair,
  type ReceiptKeys,
  type WordKeys,
} from './receipt.ts'
