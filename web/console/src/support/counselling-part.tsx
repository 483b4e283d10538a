import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Clock, Empty, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as support from './api.ts'
import { PlanSession, SessionActs } from './counselling-form.tsx'
import { words } from './counselling-words.ts'

const stateWord = {
  planned: 'statePlanned',
  held: 'stateHeld',
  missed: 'stateMissed',
  cancelled: 'stateCancelled',
} as const

/** When the victim is met, by whom and how, and what is to follow; overdue first. */
export function CounsellingPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const may = useMay()
  const query = useQuery({
    queryKey: ['support', 'counselling', id],
    queryFn: () => support.counselling({ case: id }),
    ...live(30),
  })
  return (
    <Part title={say('sessions')} beside={may('support.counsel') ? <PlanSession case={id} /> : null}>
      <Answer of={query}>
        {({ rows }) => (
          <Rows
            of={rows}
            label={say('sessions')}
            keyOf={row => row.counselling}
            empty={<Empty title={say('none')} hint={say('noneHint')} />}
            toneOf={row => (row.isOverdue ? 'bad' : undefined)}
            columns={[
              { key: 'at', name: say('at'), cell: row => <When at={row.at} /> },
              {
                key: 'way',
                name: say('way'),
                isWide: true,
                cell: row => (row.place === '' ? say(row.way) : `${say(row.way)} · ${row.place}`),
              },
              { key: 'counsellor', name: say('counsellor'), cell: row => row.counsellor ?? '—' },
              {
                key: 'interpreter',
                name: say('interpreter'),
                cell: row =>
                  row.interpreter === null || row.booking === null
                    ? '—'
                    : `${say(row.interpreter)} (${say(row.booking)})`,
              },
              {
                key: 'followUp',
                name: say('followUp'),
                cell: row =>
                  row.followUpAt === null ? (
                    '—'
                  ) : row.followedUpAt === null ? (
                    <Clock endsAt={row.followUpAt} />
                  ) : (
                    <When at={row.followedUpAt} />
                  ),
              },
              {
                key: 'state',
                name: say('state'),
                cell: row => (
                  <Chip tone={row.isOverdue ? 'bad' : row.state === 'held' ? 'good' : 'plain'}>
                    {row.isOverdue ? say('overdue') : say(stateWord[row.state])}
                  </Chip>
                ),
              },
              {
                key: 'acts',
                name: say('acts'),
                isAct: true,
                cell: row => (row.isMine && may('support.counsel') ? <SessionActs of={row} /> : null),
              },
            ]}
          />
        )}
      </Answer>
    </Part>
  )
}
