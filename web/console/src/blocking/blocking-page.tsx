import { Alert, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Empty, Page, Part, When } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as blocking from './api.ts'
import { orderStates, type OrderState, type Publications as Found } from './api.ts'
import { OrderTable } from './order-table.tsx'
import { words } from './words.ts'

const route = getRouteApi('/framed/blocking')

export interface BlockSearch {
  readonly state?: OrderState
}

export function BlockingPage() {
  const say = useWords(words)
  const { state } = route.useSearch()
  const navigate = useNavigate()
  const list = useRows(['blocking', 'list', state], after => blocking.orders(state, after))
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="filters">
        <NativeSelect
          aria-label={say('filter')}
          value={state ?? ''}
          onChange={event => {
            const chosen = event.currentTarget.value
            void navigate({
              to: '/blocking',
              search: chosen === '' ? {} : { state: chosen as OrderState },
              replace: true,
            })
          }}
          data={[
            { value: '', label: say('all') },
            ...orderStates.map(each => ({ value: each, label: say(wordOf('state', each)) })),
          ]}
        />
      </div>
      <Listing of={list}>
        {rows => (
          <OrderTable of={rows} showsCase empty={<Empty title={say('none')} hint={say('noneHint')} />} />
        )}
      </Listing>
      <Publications />
    </Page>
  )
}

function Publications() {
  const say = useWords(words)
  const query = useQuery({
    queryKey: ['blocking', 'publications'],
    queryFn: blocking.publications,
    ...live(15),
  })
  return (
    <Part title={say('publications')}>
      <Text size="sm" c="dimmed" mb="xs">
        {say('publicationsHint')}
      </Text>
      <Answer of={query}>{found => <Published of={found} />}</Answer>
    </Part>
  )
}

function Published({ of }: { readonly of: Found }) {
  const say = useWords(words)
  const { number } = useSaying()
  return (
    <Stack gap="sm">
      <Held of={of.held} />
      <Rows
        of={of.rows}
        label={say('publications')}
        keyOf={row => row.publication}
        empty={<Empty title={say('noPublications')} hint={say('noPublicationsHint')} />}
        columns={[
          { key: 'at', name: say('at'), isWide: true, cell: row => <When at={row.at} /> },
          { key: 'serial', name: say('serial'), isFigure: true, cell: row => row.serial },
          { key: 'names', name: say('names'), isFigure: true, cell: row => number(row.names) },
          { key: 'addresses', name: say('addresses'), isFigure: true, cell: row => number(row.addresses) },
          {
            key: 'changes',
            name: say('changes'),
            isFigure: true,
            cell: row => (row.added === undefined ? '' : `+${row.added} −${row.removed ?? 0}`),
          },
        ]}
      />
    </Stack>
  )
}

function Held({ of }: { readonly of: Found['held'] }) {
  const say = useWords(words)
  const may = useMay()
  if (of === null || of === undefined) return null
  return (
    <Alert color="warn" title={say('heldTitle')}>
      <Stack gap="xs" align="flex-start">
        {say('held', { added: of.added, removed: of.removed })}
        {may('blocking.approve') ? (
          <AskedButton
            label={say('release')}
            title={say('releaseTitle')}
            sentence={say('releaseSentence')}
            confirm={say('release')}
            verb={() => blocking.releaseHold(of.hold)}
            changes={[['blocking']]}
          />
        ) : null}
      </Stack>
    </Alert>
  )
}
