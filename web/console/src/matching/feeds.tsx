import { Alert, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Empty, When } from '../controls/page.tsx'
import { Secret } from '../controls/secret.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as matching from './api.ts'
import type { Feed } from './api.ts'
import { useBanks } from './bank-state.tsx'
import { AddFeed, feedsKey, type MadeFeed } from './feed-form.tsx'
import { words } from './feed-words.ts'

/** Who outside hears of the matches of which banks, and whether it arrives. */
export function Feeds() {
  const say = useWords(words)
  const query = useQuery({ queryKey: feedsKey, queryFn: matching.feeds, ...live(20) })
  const [made, setMade] = useState<MadeFeed>()
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {say('lead')}
      </Text>
      <Answer of={query}>
        {rows => (
          <>
            <AddFeed have={rows} made={setMade} />
            {made === undefined ? null : <Made of={made} />}
            <FeedTable of={rows} />
          </>
        )}
      </Answer>
    </Stack>
  )
}

/** The secret is of use only to a webhook. */
function Made({ of: { subscriber, secret, hasWebhook } }: { readonly of: MadeFeed }) {
  const say = useWords(words)
  if (!hasWebhook) return <Alert color="good">{say('added', { name: subscriber })}</Alert>
  return (
    <Alert color="warn" title={say('secretTitle', { name: subscriber })}>
      <Text size="sm" mb="xs">
        {say('secretLead')}
      </Text>
      <Secret label={say('secret')} value={secret} />
    </Alert>
  )
}

function FeedTable({ of }: { readonly of: readonly Feed[] }) {
  const say = useWords(words)
  const names = new Map(useBanks().data?.rows.map(each => [each.bank, each.name]))
  return (
    <Rows
      of={of}
      label={say('tab')}
      keyOf={row => row.feed}
      toneOf={row => (row.failingSince === null ? undefined : 'bad')}
      empty={<Empty title={say('none')} hint={say('noneHint')} />}
      columns={[
        {
          key: 'subscriber',
          name: say('subscriber'),
          isWide: true,
          cell: row => (
            <span className="two-lines">
              <strong>{row.subscriber}</strong>
              {row.webhook === null ? null : <small className="file-name">{row.webhook}</small>}
            </span>
          ),
        },
        {
          key: 'banks',
          name: say('banks'),
          cell: row => row.banks.map(bank => names.get(bank) ?? say('unknownBank')).join(', '),
        },
        { key: 'state', name: say('state'), cell: row => <FeedState of={row} /> },
        { key: 'made', name: say('made'), cell: row => <When at={row.madeAt} /> },
        { key: 'remove', name: say('remove'), isAct: true, cell: row => <EndFeed of={row} /> },
      ]}
    />
  )
}

function FeedState({ of: { webhook, failingSince, waiting } }: { readonly of: Feed }) {
  const say = useWords(words)
  const { number } = useSaying()
  if (webhook === null) return <Chip tone="plain">{say('fetched')}</Chip>
  return (
    <span className="two-lines">
      <span>
        <Chip tone={failingSince === null ? 'good' : 'bad'}>
          {say(failingSince === null ? 'sent' : 'failing')}
        </Chip>
      </span>
      {failingSince === null ? null : (
        <small>
          {say('failingSince')} <When at={failingSince} />
        </small>
      )}
      {waiting === 0 ? null : <small>{say('waiting', { count: number(waiting) })}</small>}
    </span>
  )
}

function EndFeed({ of }: { readonly of: Feed }) {
  const say = useWords(words)
  const { number } = useSaying()
  return (
    <AskedButton
      label={say('remove')}
      title={say('removeTitle', { name: of.subscriber })}
      sentence={
        say('removeSentence') +
        (of.waiting === 0 ? '' : ` ${say('removeWaiting', { count: number(of.waiting) })}`)
      }
      confirm={say('remove')}
      said={say('removed')}
      tone="bad"
      verb={() => matching.endFeed(of.feed)}
      changes={[feedsKey]}
    />
  )
}
