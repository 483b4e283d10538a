/**
 * Who gets in, and what they may do: accounts, rights, sessions, and the tickets of reporters and subscribers.
 *
 * @module
 */
export { colleagues, dismissOfficer, emailsOf, moveOfficer } from './account.ts'
export {
  approvals,
  askApproval,
  expireApprovals,
  giveApproval,
  refuseApproval,
  withdrawApproval,
} from './approval.ts'
export { gate } from './gate.ts'
export { firstInvitation } from './invitation.ts'
export { closeReporterSession, openReporterSession } from './reporter-session.ts'
export { isSubscriber } from './subscriber.ts'
export { isRight, mayDo, openings, rights, type Right } from './rights.ts'
