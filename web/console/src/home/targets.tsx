import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Answer } from '../controls/answer.tsx'
import { Clock, Empty, Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as takedown from '../takedown/api.ts'
import type { Target } from '../takedown/api.ts'
import { byClock } from '../takedown/clock.ts'
import { TargetStateChip, waitsForPerson } from '../takedown/target-state.tsx'
import { words } from './words.ts'

const shownMax = 6

/** Targets that wait for a person, and those whose clock ends next. */
export function Targets() {
  const say = useWords(words)
  const query = useQuery({
    queryKey: ['takedown', 'today'],
    queryFn: () => takedown.targets(undefined, undefined, 200),
    ...live(10),
  })
  const all = (
    <Link to="/takedown" className="small-link">
      {say('all')}
    </Link>
  )
  const waiting = query.data?.rows.filter(waitsForPerson)
  return (
    <>
      <Part title={say('targets')} count={waiting?.length} beside={all}>
        <Answer of={query}>
          {() => <Lines of={byClock(waiting ?? [])} title={say('noTargets')} hint={say('noTargetsHint')} />}
        </Answer>
      </Part>
      <Part title={say('clocks')}>
        <Answer of={query}>
          {({ rows }) => (
            <Lines
              of={byClock(rows.filter(row => row.clockEndsAt !== null && !waitsForPerson(row)))}
              title={say('noClocks')}
              hint={say('noClocksHint')}
            />
          )}
        </Answer>
      </Part>
    </>
  )
}

function Lines({
  of,
  title,
  hint,
}: {
  readonly of: readonly Target[]
  readonly title: string
  readonly hint: string
}) {
  if (of.length === 0) return <Empty title={title} hint={hint} />
  return (
    <ul className="lines">
      {of.slice(0, shownMax).map(row => (
        <li key={row.target}>
          <Link to="/takedown/$target" params={{ target: row.target }} data-row className="row-link address">
            {row.canonical}
          </Link>
          <span className="spring" />
          <TargetStateChip of={row.state} />
          <Clock endsAt={row.clockEndsAt} />
        </li>
      ))}
    </ul>
  )
}
