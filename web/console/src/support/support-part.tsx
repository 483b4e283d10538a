import { CarePlanPart } from './promises.tsx'

/** Standing by the person whose case it is: what was promised to them, and when they are met. */
export function SupportPart({ case: id }: { readonly case: string }) {
  return <CarePlanPart case={id} />
}
