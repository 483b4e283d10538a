/**
 * All kinds of id in one registry. An id is a UUID of version 7 (RFC 9562): sortable by the time it was
 * made, and carrying nothing else. The brand keeps a CaseId out of a place that wants a ReportId.
 *
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'

const kind = <const K extends string>(_name: K) => z.uuid().brand<K>()

export const ids = {
  AccountId: kind('AccountId'),
  AddressId: kind('AddressId'),
  AllowanceId: kind('AllowanceId'),
  ApprovalId: kind('ApprovalId'),
  AssignmentId: kind('AssignmentId'),
  BankedId: kind('BankedId'),
  BankEntryId: kind('BankEntryId'),
  BankId: kind('BankId'),
  BlockOrderId: kind('BlockOrderId'),
  BodyId: kind('BodyId'),
  CalendarId: kind('CalendarId'),
  CaptureId: kind('CaptureId'),
  CaseId: kind('CaseId'),
  ChannelId: kind('ChannelId'),
  ConsentId: kind('ConsentId'),
  CounsellingId: kind('CounsellingId'),
  DutyId: kind('DutyId'),
  EntryId: kind('EntryId'),
  ExhibitId: kind('ExhibitId'),
  FeedId: kind('FeedId'),
  ExtensionId: kind('ExtensionId'),
  FingerprintId: kind('FingerprintId'),
  HandoverId: kind('HandoverId'),
  GlassId: kind('GlassId'),
  FlagId: kind('FlagId'),
  InvitationId: kind('InvitationId'),
  LeaveId: kind('LeaveId'),
  LookId: kind('LookId'),
  MatchId: kind('MatchId'),
  MatterId: kind('MatterId'),
  MemberId: kind('MemberId'),
  MessageId: kind('MessageId'),
  NoteId: kind('NoteId'),
  NoticeId: kind('NoticeId'),
  OfficerId: kind('OfficerId'),
  PartyId: kind('PartyId'),
  PostingId: kind('PostingId'),
  PromiseId: kind('PromiseId'),
  ProviderId: kind('ProviderId'),
  PublicationId: kind('PublicationId'),
  RecheckId: kind('RecheckId'),
  ReferralId: kind('ReferralId'),
  ReplyId: kind('ReplyId'),
  ReportId: kind('ReportId'),
  RosterId: kind('RosterId'),
  SessionId: kind('SessionId'),
  SwapId: kind('SwapId'),
  TargetId: kind('TargetId'),
  TaskId: kind('TaskId'),
  WarningId: kind('WarningId'),
} as const

export type IdKind = keyof typeof ids
export type Id<K extends IdKind> = z.infer<(typeof ids)[K]>

export type AccountId = Id<'AccountId'>
export type AllowanceId = Id<'AllowanceId'>
export type AddressId = Id<'AddressId'>
export type ApprovalId = Id<'ApprovalId'>
export type AssignmentId = Id<'AssignmentId'>
export type BankedId = Id<'BankedId'>
export type BankEntryId = Id<'BankEntryId'>
export type BankId = Id<'BankId'>
export type BodyId = Id<'BodyId'>
export type BlockOrderId = Id<'BlockOrderId'>
export type CalendarId = Id<'CalendarId'>
export type CaptureId = Id<'CaptureId'>
export type CaseId = Id<'CaseId'>
export type ChannelId = Id<'ChannelId'>
export type ConsentId = Id<'ConsentId'>
export type CounsellingId = Id<'CounsellingId'>
export type DutyId = Id<'DutyId'>
export type EntryId = Id<'EntryId'>
export type ExhibitId = Id<'ExhibitId'>
export type FeedId = Id<'FeedId'>
export type ExtensionId = Id<'ExtensionId'>
export type FingerprintId = Id<'FingerprintId'>
export type HandoverId = Id<'HandoverId'>
export type GlassId = Id<'GlassId'>
export type FlagId = Id<'FlagId'>
export type InvitationId = Id<'InvitationId'>
export type LeaveId = Id<'LeaveId'>
export type LookId = Id<'LookId'>
export type MatchId = Id<'MatchId'>
export type MatterId = Id<'MatterId'>
export type MemberId = Id<'MemberId'>
export type MessageId = Id<'MessageId'>
export type NoteId = Id<'NoteId'>
export type NoticeId = Id<'NoticeId'>
export type OfficerId = Id<'OfficerId'>
export type PartyId = Id<'PartyId'>
export type PostingId = Id<'PostingId'>
export type PromiseId = Id<'PromiseId'>
export type ProviderId = Id<'ProviderId'>
export type PublicationId = Id<'PublicationId'>
export type RecheckId = Id<'RecheckId'>
export type ReferralId = Id<'ReferralId'>
export type ReplyId = Id<'ReplyId'>
export type ReportId = Id<'ReportId'>
export type RosterId = Id<'RosterId'>
export type SessionId = Id<'SessionId'>
export type SwapId = Id<'SwapId'>
export type TargetId = Id<'TargetId'>
export type TaskId = Id<'TaskId'>
export type WarningId = Id<'WarningId'>

// Runs on through all kinds, so that ids of one millisecond keep the order in which a process made them.
let made = randomInt(2 ** 26)

/**
 * A new id of the kind `K`, ordered by `at` and then by the order of making (RFC 9562, 5.7 and 6.2, method 1: 48
 * bits of milliseconds, a counter of 26 bits, the rest random). What one transaction does, its time line shows
 * in order.
 */
export function newId<K extends IdKind>(at: Date): Id<K> {
  made = (made + 1) % 2 ** 26
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = 0x70 | (made >> 22)
  bytes[7] = (made >> 14) & 0xff
  bytes[8] = 0x80 | ((made >> 8) & 0x3f)
  bytes[9] = made & 0xff
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<K>
}

/** `count` random decimal digits from the system's generator. */
export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('')
}

/** A secret of `byteCount` random bytes, as base64url: session keys, one-time links, reply addresses. */
export function randomToken(byteCount = 32): string {
  return randomBytes(byteCount).toString('base64url')
}

/** A random id without order or time, for requests and file names. */
export function randomName(): string {
  return randomBytes(16).toString('hex')
}
