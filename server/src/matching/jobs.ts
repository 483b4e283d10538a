import type { Job } from '#platform/jobs'
import { bankJob } from './bank.ts'
import { deriveJob } from './derive.ts'
import { examineJob } from './examine.ts'

export const jobs: readonly Job[] = [bankJob, examineJob, deriveJob]
