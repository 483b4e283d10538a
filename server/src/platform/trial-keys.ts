import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Keys } from './keys.ts'

/** Keys for a test, the same in every process: what is filed with them is opened with them. */
export const trialKeys: Pick<Keys, 'veil' | 'keyFor'> = {
  veil: (use, secret) => createHmac('sha256', 'a pepper for tests').update(`${use}\0${secret}`).digest('hex'),
  keyFor: use => createHash('sha256').update(`a key for tests: ${use}`).digest(),
}

/** A mailbox whose halves fit nothing: for tests that neither seal nor open. */
export function trialMailbox(token = randomBytes(32).toString('hex')) {
  const recipient = (whose: string) => `age1pq1${whose}`
  return {
    token,
    wordToken: null,
    team: recipient('team'),
    own: recipient('reporter'),
    answers: recipient('reporter'),
    teamSealed: 'c2VhbGVk',
  }
}
