import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Clock, Empty, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as support from './api.ts'
import { ReferralActs, stateWord } from './referral-acts.tsx'
import { Refer } from './referral-form.tsx'
import { words } from './referral-words.ts'

/** To whom the victim was referred, with what, and how it stands; overdue first. */
export function ReferralsPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const { either } = useSaying()
  const may = useMay()
  const query = useQuery({
    queryKey: ['support', 'referrals', id],
    queryFn: () => support.referrals(id),
    ...live(30),
  })
  return (
    <Part title={say('referrals')} beside={may('support.refer') ? <Refer case={id} /> : null}>
      <Answer of={query}>
        {({ rows }) => (
          <Rows
            of={rows}
            label={say('referrals')}
            keyOf={row => row.referral}
            empty={<Empty title={say('none')} hint={say('noneHint')} />}
            toneOf={row => (row.isOverdue ? 'bad' : undefined)}
            columns={[
              {
                key: 'body',
                name: say('body'),
                cell: row => (row.name === null ? say(row.kind) : either(row.name)),
              },
              {
                key: 'told',
                name: say('told'),
                isWide: true,
                cell: row =>
                  row.facts.length === 0 ? say('nothingTold') : row.facts.map(each => say(each)).join(', '),
              },
              { key: 'due', name: say('due'), cell: row => <Clock endsAt={row.dueAt} /> },
              {
                key: 'state',
                name: say('state'),
                cell: row => (
                  <Chip tone={row.isOverdue ? 'bad' : row.state === 'done' ? 'good' : 'plain'}>
                    {row.isOverdue
                      ? `${say(stateWord[row.state])} · ${say('overdue')}`
                      : say(stateWord[row.state])}
                  </Chip>
                ),
              },
              {
                key: 'acts',
                name: say('acts'),
                isAct: true,
                cell: row => (may('support.refer') ? <ReferralActs of={row} /> : null),
              },
            ]}
          />
        )}
      </Answer>
    </Part>
  )
}
