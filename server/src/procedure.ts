/**
 * The timetable: who hears what, in the order of the procedure, and what the clocks call. Read it second,
 * after the folder names.
 *
 * @module
 */
import * as access from '#access'
import * as audit from '#audit'
import * as blocking from '#blocking'
import * as cases from '#cases'
import * as evidence from '#evidence'
import * as intake from '#intake'
import * as matching from '#matching'
import { every, on, type Timetable } from '#platform/jobs'
import * as support from '#support'
import * as takedown from '#takedown'
import { jobs as casesJobs } from './cases/jobs.ts'
import { jobs as evidenceJobs } from './evidence/jobs.ts'
import { jobs as matchingJobs } from './matching/jobs.ts'
import { jobs as takedownJobs } from './takedown/jobs.ts'
import { jobs as blockingJobs } from './blocking/jobs.ts'

export const procedure = [
  on('officer.away', 'cases', cases.callAnother),
  on('report.filed', 'cases', cases.openFromReport),
  on('address.added', 'cases', cases.addAddressFromReport),
  on('glass.reviewed', 'cases', cases.settleGlass),
  on('case.opened', 'matching', matching.bankFromReport),
  on('case.handedOver', 'cases', cases.carryOver),
  on('address.opened', 'evidence', evidence.capture),
  on('exhibit.sealed', 'matching', matching.examine),
  on('match.confirmed', 'takedown', takedown.openTarget),
  on('match.reversed', 'takedown', takedown.withdrawReversed),
  on('match.reversed', 'blocking', blocking.liftReversed),
  on('consent.withdrawn', 'takedown', takedown.withdrawUnconsented),
  on('consent.withdrawn', 'blocking', blocking.liftUnconsented),
  on('consent.given', 'takedown', takedown.resumeConsented),
  on('target.exhausted', 'blocking', blocking.propose),
  on('target.settled', 'blocking', blocking.lift),
  on('block.refused', 'blocking', blocking.settleRefused),
  on('approval.expired', 'blocking', blocking.lapse),
]

export const clocks = [
  every(1, 'audit', 'sequence', audit.sequence),
  every(10, 'access', 'expire', access.expireApprovals),
  every(10, 'intake', 'keep', intake.keep),
  every(60, 'cases', 'call', cases.keepCalled),
  every(30, 'support', 'due', support.due),
  every(10, 'matching', 'keep', matching.keep),
  every(1, 'takedown', 'due', takedown.due),
  every(5, 'blocking', 'publish', blocking.publish),
]

export const timetable: Timetable = {
  procedure,
  clocks,
  jobs: [...casesJobs, ...evidenceJobs, ...matchingJobs, ...takedownJobs, ...blockingJobs],
}
