import { useMay } from '../access/session.tsx'
import { CounsellingPart } from './counselling-part.tsx'
import { NotesPart } from './notes-part.tsx'
import { CarePlanPart } from './promises.tsx'
import { ReferralsPart } from './referrals-part.tsx'

/** Standing by the person whose case it is: what was promised to them, when they are met, and what they said. */
export function SupportPart({ case: id }: { readonly case: string }) {
  const may = useMay()
  return (
    <>
      <CarePlanPart case={id} />
      <CounsellingPart case={id} />
      <ReferralsPart case={id} />
      {may('support.notes') ? <NotesPart case={id} /> : null}
    </>
  )
}
