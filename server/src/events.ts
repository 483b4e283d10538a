/**
 * Every event of the product: its name and shape. Ids only: what happened is read from the room that tells it.
 * Who hears an event stands in `procedure.ts`.
 *
 * @module
 */
import { z } from 'zod'
import { ids } from './platform/ids.ts'

export const events = {
  /** An officer has left the unit, serves elsewhere from now on, or has leave. */
  'officer.away': z.object({ officer: ids.OfficerId }),
  /** A victim or bystander has filed a report; the receipt is out. */
  'report.filed': z.object({ report: ids.ReportId }),
  /** The holder of the receipt has named one more address. */
  'address.added': z.object({ report: ids.ReportId, address: ids.AddressId }),
  /** A case stands, with an agency; an officer is proposed. */
  'case.opened': z.object({ case: ids.CaseId, report: ids.ReportId }),
  /** An address belongs to a case and waits to be captured. */
  'address.opened': z.object({ case: ids.CaseId, address: ids.AddressId }),
  /** One capture of an address lies sealed in the object store. */
  'exhibit.sealed': z.object({ case: ids.CaseId, exhibit: ids.ExhibitId, address: ids.AddressId }),
  /** The material on an address is the victim's: by fingerprint, or by an officer's eye. */
  'match.confirmed': z.object({ case: ids.CaseId, match: ids.MatchId, address: ids.AddressId }),
  /** Nothing of the victim's was found on the address, or an officer has said that it is not theirs. */
  'match.refuted': z.object({ case: ids.CaseId, address: ids.AddressId }),
  /** A confirmed match was taken back, and nothing else on the address is confirmed: it was not the victim's. */
  'match.reversed': z.object({ case: ids.CaseId, match: ids.MatchId, address: ids.AddressId }),
  /** Every rung of the ladder was tried and the material is still up. */
  'target.exhausted': z.object({ case: ids.CaseId, target: ids.TargetId, address: ids.AddressId }),
  /** Nobody has decided in time what somebody asked another person to approve. */
  'approval.expired': z.object({ approval: ids.ApprovalId, kind: z.string(), subject: z.uuid() }),
  /** A wish to have an address blocked was turned down. */
  'block.refused': z.object({ case: ids.CaseId, order: ids.BlockOrderId }),
  /** The material is verified down at its source. */
  'target.settled': z.object({ case: ids.CaseId, target: ids.TargetId, address: ids.AddressId }),
  /** A copy was found at another address by following the case's own pages. */
  'copy.found': z.object({ case: ids.CaseId, target: ids.TargetId, address: ids.AddressId }),
  /** A leader has given a case into other hands, at the agency or another. */
  'case.handedOver': z.object({ case: ids.CaseId, handover: ids.HandoverId }),
  /** Another person has looked at why the glass of a case was broken. */
  'glass.reviewed': z.object({ case: ids.CaseId, glass: ids.GlassId }),
  /** The person of a case has consented to something, or consents again. */
  'consent.given': z.object({ case: ids.CaseId, consent: ids.ConsentId, purpose: z.string() }),
  /** The person of a case has withdrawn a consent: who relied on it stops, and says so. */
  'consent.withdrawn': z.object({ case: ids.CaseId, consent: ids.ConsentId, purpose: z.string() }),
  /** A case has no open matter left. */
  'case.closed': z.object({ case: ids.CaseId }),
} as const

export type EventName = keyof typeof events
export type EventOf<N extends EventName> = z.infer<(typeof events)[N]>
