import { useMay, useSession } from '../access/session.tsx'
import { roleWord, words as accessWords } from '../access/words.ts'
import { Page } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import { Approvals } from './approvals.tsx'
import { Cases } from './cases.tsx'
import { Breaches, FailedJobs, Numbers } from './unit.tsx'
import { PromiseStrip } from '../support/promises.tsx'
import { Review } from './review.tsx'
import { Targets } from './targets.tsx'
import { words } from './words.ts'

/** My work today: what waits for me, by room; each part only for whom it is. */
export function HomePage() {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const may = useMay()
  const session = useSession()
  const agencyName = useAgencyName()
  return (
    <Page
      title={say('title')}
      lead={`${say('hello', { name: session.name })} · ${agencyName(session.agency)} · ${sayAccess(roleWord[session.role])}`}
    >
      {may('support.read') ? <PromiseStrip /> : null}
      {may('cases.read') ? null : <Numbers />}
      <div className="today">
        {may('cases.read') ? <Cases /> : null}
        {may('matching.decide') ? <Review /> : null}
        {may('takedown.read') ? <Targets /> : null}
        {may('blocking.read') ? <Approvals /> : null}
        {may('staffing.change') ? <Breaches /> : null}
        {may('operations.read') ? <FailedJobs /> : null}
      </div>
    </Page>
  )
}
