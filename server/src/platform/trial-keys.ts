import { createHash, createHmac } from 'node:crypto'
import type { Keys } from './keys.ts'

/** Keys for a test, the same in every process: what is filed with them is opened with them. */
export const trialKeys: Pick<Keys, 'veil' | 'keyFor'> = {
  veil: (use, secret) => createHmac('sha256', 'a pepper for tests').update(`${use}\0${secret}`).digest('hex'),
  keyFor: use => createHash('sha256').update(`a key for tests: ${use}`).digest(),
}
