import type { Job } from '#platform/jobs'
import { examineJob } from './examine.ts'

export const jobs: readonly Job[] = [examineJob]
