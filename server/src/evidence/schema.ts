import { z } from 'zod'
import { ids } from '#platform/ids'

export const exhibitKinds = ['archive', 'picture', 'media'] as const
export type ExhibitKind = (typeof exhibitKinds)[number]

/** Why an address could not be captured: a closed list, shown to officers in words. */
export const faults = [
  'unresolved',
  'privateNetwork',
  'noConnection',
  'timeout',
  'gone',
  'serverFault',
  'secureConnection',
  'tooLarge',
  'download',
  'badAddress',
  'browser',
] as const
export type Fault = (typeof faults)[number]

/** Why somebody looks at an exhibit as it is. It stands in the log beside their name. */
export const viewingReasons = ['verify', 'investigate', 'court'] as const
export type ViewingReason = (typeof viewingReasons)[number]

export const Exhibit = z
  .object({
    exhibit: ids.ExhibitId,
    capture: ids.CaptureId,
    address: ids.AddressId,
    canonical: z.string(),
    kind: z.enum(exhibitKinds),
    contentType: z.string(),
    index: z.number().int().describe('Place among the media of the capture, from 0.'),
    size: z.number().int().describe('Bytes before sealing.'),
    sealedSha256: z.string(),
    sealedAt: z.iso.datetime(),
    state: z.literal('sealed'),
  })
  .meta({ id: 'Exhibit' })
export type Exhibit = z.infer<typeof Exhibit>

export const CaptureLine = z
  .object({
    capture: ids.CaptureId,
    address: ids.AddressId,
    state: z.enum(['queued', 'running', 'sealed', 'failed']),
    fault: z.enum(faults).nullable(),
    at: z.iso.datetime().describe('When it came to this state.'),
  })
  .meta({ id: 'CaptureLine' })
export type CaptureLine = z.infer<typeof CaptureLine>

export const Exhibits = z
  .object({
    rows: z.array(Exhibit),
    next: ids.ExhibitId.nullable(),
    captures: z.array(CaptureLine).describe('The newest captures of the case, newest first.'),
  })
  .meta({ id: 'Exhibits' })
export type Exhibits = z.infer<typeof Exhibits>

export const CaptureAsked = z.object({ capture: ids.CaptureId }).meta({ id: 'CaptureAsked' })

export const CaseParams = z.object({ case: ids.CaseId })
export const AddressParams = z.object({ address: ids.AddressId })
export const ExhibitParams = z.object({ exhibit: ids.ExhibitId })
export const ExhibitPage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.ExhibitId.optional(),
})
export const NewViewing = z.strictObject({ reason: z.enum(viewingReasons) }).meta({ id: 'NewViewing' })
