/**
 * What is found is compared with what the victim's device has made fingerprints of. A sure match is confirmed
 * at once; of all else an officer says whether it is the victim's.
 *
 * @module
 */
export { bankFromReport, bankOf, bankReport, type Bank, type Banked } from './bank.ts'
export { compareWithBank, type Likeness } from './compare.ts'
export { isConfirmed, isTakenBack } from './decision.ts'
export { examine } from './examine.ts'
export { fingerprintMedia, type MediaFingerprint } from './fingerprint-media.ts'
export { addEntries, withdrawEntry, type Incoming } from './entries.ts'
export { keep } from './keep.ts'
