import type { Job } from '#platform/jobs'

/** Everything here is done by the clock that publishes. */
export const jobs: readonly Job[] = []
