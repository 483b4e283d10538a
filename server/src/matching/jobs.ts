import type { Job } from '#platform/jobs'
import { bankJob } from './bank.ts'
import { deriveJob } from './derive.ts'
import { examineJob } from './examine.ts'
import { announceJob, deliverJob } from './feed-webhook.ts'

export const jobs: readonly Job[] = [bankJob, examineJob, deriveJob, announceJob, deliverJob]
