import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMay, useSession } from '../access/session.tsx'
import * as blocking from '../blocking/api.ts'
import type { OrderState } from '../blocking/api.ts'
import { Answer } from '../controls/answer.tsx'
import { Empty, Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import { words } from './words.ts'

/** Block orders that wait: for my approval, and for somebody to request them. */
export function Approvals() {
  const say = useWords(words)
  const may = useMay()
  const session = useSession()
  const requested = useOrders('requested')
  const proposed = useOrders('proposed')
  const others = requested.data?.rows.filter(row => row.requestedBy !== session.account)
  return (
    <>
      <Part title={say('approvals')} count={others?.length} beside={<All state="requested" />}>
        <Answer of={requested}>{() => <Lines of={others ?? []} />}</Answer>
      </Part>
      {may('blocking.request') && (proposed.data?.rows.length ?? 0) > 0 ? (
        <Part title={say('proposals')} count={proposed.data?.rows.length} beside={<All state="proposed" />}>
          <Lines of={proposed.data?.rows ?? []} />
        </Part>
      ) : null}
    </>
  )
}

function useOrders(state: OrderState) {
  return useQuery({
    queryKey: ['blocking', 'today', state],
    queryFn: () => blocking.orders(state, undefined, 50),
    ...live(12),
  })
}

function All({ state }: { readonly state: OrderState }) {
  const say = useWords(words)
  return (
    <Link to="/blocking" search={{ state }} className="small-link">
      {say('all')}
    </Link>
  )
}

function Lines({ of }: { readonly of: readonly blocking.BlockOrder[] }) {
  const say = useWords(words)
  const may = useMay()
  if (of.length === 0) return <Empty title={say('noApprovals')} hint={say('noApprovalsHint')} />
  return (
    <ul className="lines">
      {of.slice(0, 6).map(row => (
        <li key={row.order}>
          {may('cases.read') ? (
            <Link
              to="/cases/$case"
              params={{ case: row.case }}
              search={{ tab: 'blocks' }}
              data-row
              className="row-link"
            >
              {row.host}
            </Link>
          ) : (
            <Link to="/blocking" search={{ state: row.state }} data-row className="row-link">
              {row.host}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
