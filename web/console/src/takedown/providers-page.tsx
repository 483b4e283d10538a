import { Group, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Chip, Empty, Page } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as takedown from './api.ts'
import type { Channel, Provider } from './api.ts'
import { AddProvider, ChangeProvider } from './provider-form.tsx'
import { words } from './words.ts'

export const providersKey = ['takedown', 'providers']

/** The directory: who runs what, and where to ask. */
export function ProvidersPage() {
  const say = useWords(words)
  const may = useMay()
  const [typed, setTyped] = useState('')
  const list = useRows([...providersKey, 'list'], after => takedown.providers(after, 200))
  const q = typed.trim().toLowerCase()
  const fits = (row: Provider) =>
    row.name.toLowerCase().includes(q) || row.domains.some(domain => domain.includes(q))
  return (
    <Page
      title={say('providersTitle')}
      lead={say('providersLead')}
      beside={may('takedown.providers') ? <AddProvider /> : null}
    >
      <div className="filters">
        <TextInput
          data-search
          type="search"
          className="filters-find"
          leftSection={<IconSearch size={16} />}
          placeholder={say('findProvider')}
          aria-label={say('findProvider')}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
      </div>
      <Listing of={list}>
        {rows => (
          <Rows
            of={rows.filter(fits)}
            label={say('providersTitle')}
            keyOf={row => row.provider}
            empty={<Empty title={say('noProviders')} hint={say('noProvidersHint')} />}
            columns={[
              {
                key: 'name',
                name: say('name'),
                cell: row => (
                  <span className="two-lines">
                    <strong>{row.name}</strong>
                    <small>
                      {say(wordOf('kind', row.kind))}
                      {row.country === null ? '' : ` · ${row.country}`}
                    </small>
                  </span>
                ),
              },
              {
                key: 'domains',
                name: say('domains'),
                cell: row => <span className="address">{row.domains.join(', ')}</span>,
              },
              {
                key: 'channels',
                name: say('channels'),
                isWide: true,
                cell: row => (
                  <ul className="plain-list">
                    {row.channels.map(channel => (
                      <ChannelLine key={channel.channel} of={channel} />
                    ))}
                  </ul>
                ),
              },
              ...(may('takedown.providers')
                ? [
                    {
                      key: 'change',
                      name: say('change'),
                      isAct: true,
                      cell: (row: Provider) => <ChangeProvider of={row} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Listing>
    </Page>
  )
}

function ChannelLine({ of }: { readonly of: Channel }) {
  const say = useWords(words)
  return (
    <li>
      <Group gap={6}>
        <span>{say(wordOf('type', of.type))}</span>
        <code>{of.address}</code>
        {of.isActive ? null : <Chip>{say('retired')}</Chip>}
        {of.bouncedAt === null ? null : <Chip tone="bad">{say('bounced')}</Chip>}
        {of.source === 'rdap' ? <Chip>{say('fromRdap')}</Chip> : null}
      </Group>
    </li>
  )
}
