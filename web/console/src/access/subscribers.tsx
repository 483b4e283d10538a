import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Answer, Refused } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, When } from '../controls/page.tsx'
import { Secret } from '../controls/secret.tsx'
import { useWords } from '../language.tsx'
import * as access from './api.ts'
import { words } from './words.ts'

export const subscribersKey = ['access', 'subscribers']

export function Subscribers() {
  const say = useWords(words)
  const query = useQuery({ queryKey: subscribersKey, queryFn: access.subscribers })
  const [name, setName] = useState('')
  const add = useAct({
    verb: () => access.addSubscriber(name.trim()),
    changes: [subscribersKey],
    after: () => setName(''),
    isQuiet: true,
  })
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {say('subscribersLead')}
      </Text>
      <form
        onSubmit={event => {
          event.preventDefault()
          add.run(undefined)
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={say('subscriberName')}
            pattern="[a-z0-9][a-z0-9\-]{1,39}"
            required
            withAsterisk={false}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={add.isBusy}>
            {say('addSubscriber')}
          </Button>
        </Group>
      </form>
      <Refused error={add.error} />
      {add.answer === undefined ? null : (
        <Alert color="warn" title={say('tokenTitle')}>
          <Text size="sm" mb="xs">
            {say('linkLead')}
          </Text>
          <Secret label={say('token')} value={add.answer.token} />
        </Alert>
      )}
      <Answer of={query}>
        {rows => (
          <Rows
            of={rows}
            label={say('tabSubscribers')}
            keyOf={row => row.name}
            empty={<Empty title={say('noSubscribers')} hint={say('noSubscribersHint')} />}
            columns={[
              { key: 'name', name: say('name'), isWide: true, cell: row => row.name },
              { key: 'added', name: say('addedAt'), cell: row => <When at={row.addedAt} /> },
              {
                key: 'remove',
                name: say('remove'),
                isAct: true,
                cell: row => (
                  <AskedButton
                    label={say('remove')}
                    title={say('removeSubscriberTitle', { name: row.name })}
                    sentence={say('removeSubscriberSentence')}
                    confirm={say('remove')}
                    tone="bad"
                    verb={() => access.removeSubscriber(row.name)}
                    changes={[subscribersKey]}
                  />
                ),
              },
            ]}
          />
        )}
      </Answer>
    </Stack>
  )
}
