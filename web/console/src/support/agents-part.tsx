import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as access from '../access/api.ts'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as support from './api.ts'
import type { Body } from './api.ts'
import { words } from './referral-words.ts'

/** An administrator says for which body a partner's agent answers. */
export function AgentsPart({ bodies }: { readonly bodies: readonly Body[] }) {
  const say = useWords(words)
  const { either } = useSaying()
  const query = useQuery({
    queryKey: ['support', 'agents'],
    queryFn: async () => {
      const [named, accounts] = await Promise.all([support.agents(), access.accounts()])
      const bodyOf = new Map(named.rows.map(each => [each.account, each.body]))
      return accounts.rows
        .filter(each => each.role === 'partnerAgent' && each.isActive)
        .map(({ account, name }) => ({ account, name, body: bodyOf.get(account) ?? null }))
    },
  })
  const nameOf = (code: string | null) => {
    const body = bodies.find(each => each.body === code)
    return body === undefined ? say('nobody') : either(body.name)
  }
  return (
    <Part title={say('agents')}>
      <Answer of={query}>
        {rows => (
          <Rows
            of={rows}
            label={say('agents')}
            keyOf={row => row.account}
            empty={<Empty title={say('noAgents')} hint={say('noAgentsHint')} />}
            columns={[
              { key: 'person', name: say('person'), cell: row => row.name },
              { key: 'body', name: say('answersFor'), isWide: true, cell: row => nameOf(row.body) },
              {
                key: 'acts',
                name: say('acts'),
                isAct: true,
                cell: row => <NameAgent account={row.account} body={row.body} bodies={bodies} />,
              },
            ]}
          />
        )}
      </Answer>
    </Part>
  )
}

function NameAgent({
  account,
  body,
  bodies,
}: {
  readonly account: string
  readonly body: string | null
  readonly bodies: readonly Body[]
}) {
  const say = useWords(words)
  const { either } = useSaying()
  const [chosen, setChosen] = useState(body ?? '')
  return (
    <AskedButton
      label={say('nameAgent')}
      title={say('answersFor')}
      sentence={say('ownLead')}
      confirm={say('save')}
      verb={() => support.nameAgent(account, chosen === '' ? null : chosen)}
      changes={[
        ['support', 'agents'],
        ['support', 'bodies'],
      ]}
    >
      <NativeSelect
        label={say('answersFor')}
        value={chosen}
        data-autofocus
        onChange={event => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: say('nobody') },
          ...bodies.map(each => ({ value: each.body, label: either(each.name) })),
        ]}
      />
    </AskedButton>
  )
}
