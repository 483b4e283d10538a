/**
 * Who is asking. Every transaction carries one of these, and row-level security reads it.
 *
 * @module
 */
import type { AccountId, OfficerId, ReportId } from './ids.ts'

/** What a member of staff may be. The word in Korean stands in `domain.md`'s table of terms. */
export const roles = [
  'officer',
  'leader',
  'commander',
  'counsellor',
  /** Of the women's lawyers' association: meets a victim's case where let into it. */
  'lawyerLiaison',
  /** Keeps the sealed exhibits of an agency, without viewing them. */
  'evidenceCustodian',
  'dataProtectionOfficer',
  /** Of an outside body: has an account here and sees only what is sent to it. No staff to the database. */
  'partnerAgent',
  'administrator',
] as const
export type Role = (typeof roles)[number]

export type Who =
  /** Nobody has signed in: the portal before a report is filed. */
  | { readonly kind: 'anonymous' }
  /** The holder of a receipt: sees one report. */
  | {
      readonly kind: 'reporter'
      readonly report: ReportId
      /** A second word was chosen for the receipt and has not been given: what was sent is not shown. */
      readonly isCovered?: boolean
    }
  | {
      readonly kind: 'staff'
      readonly account: AccountId
      readonly role: Role
      /** The officer behind the account, where there is one. */
      readonly officer: OfficerId | null
      /** Code of the local agency, or null for the head office. */
      readonly agency: string | null
      /** From where they ask: a keyed hash of the network address, which tells places apart and names none. */
      readonly from?: string
    }
  /** A telecom operator that fetches what is blocked. */
  | { readonly kind: 'subscriber'; readonly name: string }
  /** The product itself, in the name of one room: jobs and clocks. */
  | { readonly kind: 'system'; readonly room: string }

export type Staff = Extract<Who, { kind: 'staff' }>
export type Reporter = Extract<Who, { kind: 'reporter' }>

export const nobody: Who = { kind: 'anonymous' }
export const system = (room: string): Who => ({ kind: 'system', room })
