import type { Job } from '#platform/jobs'
import { findCopies } from './copies.ts'
import { climb } from './ladder.ts'
import { send } from './notice.ts'
import { recheck } from './recheck.ts'

export const jobs: readonly Job[] = [climb, send, recheck, findCopies]
