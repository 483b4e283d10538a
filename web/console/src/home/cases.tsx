import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSession } from '../access/session.tsx'
import * as cases from '../cases/api.ts'
import { Flags } from '../cases/flags.tsx'
import { Answer } from '../controls/answer.tsx'
import { Count, Empty, Part } from '../controls/page.tsx'
import { wordOf, words as intakeWords } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import { words } from './words.ts'

const shownMax = 8

/** Open cases with something left to do, urgent first; and whoever has written to us. */
export function Cases() {
  const say = useWords(words)
  const session = useSession()
  const isMine = session.role === 'officer'
  const query = useQuery({
    queryKey: ['cases', 'today', isMine],
    queryFn: () => cases.cases({ state: 'open', mine: isMine }, undefined, 200),
    ...live(10),
  })
  return (
    <>
      <Part title={say(isMine ? 'cases' : 'agencyCases')} count={query.data?.rows.length} beside={<All />}>
        <Answer of={query}>{({ rows }) => <List of={byUrgency(rows)} />}</Answer>
      </Part>
      <Part title={say('unread')} count={query.data?.rows.reduce((sum, row) => sum + (row.unread ?? 0), 0)}>
        <Answer of={query}>
          {({ rows }) => {
            const unread = rows.filter(row => (row.unread ?? 0) > 0)
            return unread.length === 0 ? (
              <Empty title={say('noUnread')} hint={say('noUnreadHint')} />
            ) : (
              <ul className="lines">
                {unread.slice(0, shownMax).map(row => (
                  <li key={row.case}>
                    <Link
                      to="/cases/$case"
                      params={{ case: row.case }}
                      search={{ tab: 'report' }}
                      data-row
                      className="row-link"
                    >
                      {row.number}
                    </Link>
                    <span className="spring" />
                    <Count of={row.unread ?? 0} />
                  </li>
                ))}
              </ul>
            )
          }}
        </Answer>
      </Part>
    </>
  )
}

function All() {
  const say = useWords(words)
  return (
    <Link to="/cases" className="small-link">
      {say('all')}
    </Link>
  )
}

function byUrgency(rows: readonly cases.CaseLine[]): readonly cases.CaseLine[] {
  const weight = (row: cases.CaseLine) =>
    Number(row.isUrgent) * 4 + Number((row.unread ?? 0) > 0) * 2 + Number(row.isMinor)
  return rows.filter(row => row.openMatters > 0).sort((a, b) => weight(b) - weight(a))
}

function List({ of }: { readonly of: readonly cases.CaseLine[] }) {
  const say = useWords(words)
  const sayIntake = useWords(intakeWords)
  if (of.length === 0) return <Empty title={say('noCases')} hint={say('noCasesHint')} />
  return (
    <ul className="lines">
      {of.slice(0, shownMax).map(row => (
        <li key={row.case}>
          <Link to="/cases/$case" params={{ case: row.case }} data-row className="row-link">
            {row.number}
          </Link>
          <span>{sayIntake(wordOf('concern', row.title))}</span>
          <Flags of={row} />
          <span className="spring" />
          <span className="quiet">{say('matters', { count: row.openMatters })}</span>
        </li>
      ))}
    </ul>
  )
}
