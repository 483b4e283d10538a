import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Clock, Empty, Page, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as support from './api.ts'
import { declines, type Decline, type OwnReferral } from './api.ts'
import { ReadText, stateWord, Why } from './referral-acts.tsx'
import { words } from './referral-words.ts'

const changes = [['support', 'own-referrals']]

/** What a partner's agent sees: what was referred to their own body, and nothing else. */
export function OwnReferralsPage() {
  const say = useWords(words)
  const query = useQuery({
    queryKey: ['support', 'own-referrals'],
    queryFn: support.ownReferrals,
    ...live(30),
  })
  return (
    <Page title={say('own')} lead={say('ownLead')}>
      <Answer of={query}>
        {({ rows }) => (
          <Rows
            of={rows}
            label={say('own')}
            keyOf={row => row.referral}
            empty={<Empty title={say('noOwn')} hint={say('noOwnHint')} />}
            toneOf={row => (row.isOverdue ? 'bad' : undefined)}
            columns={[
              { key: 'at', name: say('at'), cell: row => <When at={row.sentAt} /> },
              { key: 'kind', name: say('kind'), isWide: true, cell: row => say(row.kind) },
              { key: 'due', name: say('due'), cell: row => <Clock endsAt={row.dueAt} /> },
              { key: 'state', name: say('state'), cell: row => <Chip>{say(stateWord[row.state])}</Chip> },
              { key: 'acts', name: say('acts'), isAct: true, cell: row => <Acts of={row} /> },
            ]}
          />
        )}
      </Answer>
    </Page>
  )
}

function Acts({ of }: { readonly of: OwnReferral }) {
  const say = useWords(words)
  const [reason, setReason] = useState<Decline | ''>('')
  const to = of.state === 'sent' ? 'accepted' : 'done'
  const act = useAct({ verb: () => support.answerReferral(of.referral, { to }), changes })
  if (of.state !== 'sent' && of.state !== 'accepted') return null
  return (
    <span className="acts">
      <ReadText id={of.referral} ask={() => support.ownReferral(of.referral)} />{' '}
      <ActButton act={act} asked={undefined} size="xs">
        {say(to === 'accepted' ? 'accept' : 'finish')}
      </ActButton>{' '}
      <AskedButton
        label={say('decline')}
        title={say('declineTitle')}
        sentence={say('declineSentence')}
        confirm={say('decline')}
        isReady={reason !== ''}
        verb={() => support.answerReferral(of.referral, { to: 'declined', reason: reason as Decline })}
        changes={changes}
      >
        <Why of={declines} chosen={reason} choose={setReason} />
      </AskedButton>
    </span>
  )
}
