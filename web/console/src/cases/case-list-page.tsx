import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useMay, useSession } from '../access/session.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Chip, Empty, Page, When } from '../controls/page.tsx'
import { words as intakeWords, wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import * as takedown from '../takedown/api.ts'
import * as cases from './api.ts'
import type { CaseLine } from './api.ts'
import { CaseState, Flags } from './flags.tsx'
import { HandoversPart } from './handovers-part.tsx'
import { words } from './words.ts'

const route = getRouteApi('/framed/cases')

export interface CaseSearch {
  readonly state?: 'open' | 'closed' | 'all' | undefined
  readonly mine?: boolean | undefined
  readonly q?: string | undefined
  /** Puts the cursor into the search field: where `/` leads from other pages. */
  readonly find?: boolean | undefined
}

export function CaseListPage() {
  const say = useWords(words)
  const session = useSession()
  const search = route.useSearch()
  const isMine = search.mine ?? session.role === 'officer'
  const state = search.state ?? 'open'
  const asked = { state: state === 'all' ? undefined : state, mine: isMine, q: search.q }
  const list = useRows(['cases', 'list', asked], after => cases.cases(asked, after))
  return (
    <Page title={say('title')}>
      <HandoversPart />
      <Filters search={search} state={state} isMine={isMine} />
      <Listing of={list}>
        {rows => <Table of={urgentFirst(rows)} empty={<None search={search} isMine={isMine} />} />}
      </Listing>
    </Page>
  )
}

/** What is urgent stands first; the order within stays the server's, newest first. */
function urgentFirst(rows: readonly CaseLine[]): readonly CaseLine[] {
  const isHot = (row: CaseLine) => row.state === 'open' && row.isUrgent
  return [...rows.filter(isHot), ...rows.filter(row => !isHot(row))]
}

function Filters({
  search,
  state,
  isMine,
}: {
  readonly search: CaseSearch
  readonly state: 'open' | 'closed' | 'all'
  readonly isMine: boolean
}) {
  const say = useWords(words)
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.q ?? '')
  const put = (part: CaseSearch) =>
    void navigate({ to: '/cases', search: { ...search, find: undefined, ...part }, replace: true })
  useEffect(() => {
    if (search.find === true) field.current?.focus()
  }, [search.find])
  // Asks when the typing rests, not at each letter.
  const q = typed.trim()
  useEffect(() => {
    if (q === (search.q ?? '')) return undefined
    const timer = setTimeout(() => put({ q: q === '' ? undefined : q }), 300)
    return () => clearTimeout(timer)
  })
  return (
    <div className="filters" role="search">
      <TextInput
        ref={field}
        data-search
        type="search"
        className="filters-find"
        leftSection={<IconSearch size={16} />}
        placeholder={say('find')}
        aria-label={say('find')}
        title={say('findHint')}
        maxLength={253}
        value={typed}
        onChange={event => setTyped(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <SegmentedControl
        aria-label={say('whose')}
        value={isMine ? 'mine' : 'all'}
        onChange={value => put({ mine: value === 'mine' })}
        data={[
          { value: 'mine', label: say('mine') },
          { value: 'all', label: say('everyone') },
        ]}
      />
      <NativeSelect
        aria-label={say('state')}
        value={state}
        onChange={event => put({ state: event.currentTarget.value as 'open' | 'closed' | 'all' })}
        data={[
          { value: 'open', label: say('open') },
          { value: 'closed', label: say('closed') },
          { value: 'all', label: say('stateAll') },
        ]}
      />
    </div>
  )
}

function Table({ of, empty }: { readonly of: readonly CaseLine[]; readonly empty: ReactNode }) {
  const say = useWords(words)
  const sayIntake = useWords(intakeWords)
  const { number } = useSaying()
  const clockOf = useClocks()
  return (
    <Rows
      of={of}
      label={say('list')}
      keyOf={row => row.case}
      toneOf={row => (row.isUrgent && row.state === 'open' ? 'bad' : undefined)}
      empty={empty}
      columns={[
        {
          key: 'number',
          name: say('number'),
          cell: row => (
            <Link to="/cases/$case" params={{ case: row.case }} data-row className="row-link">
              {row.number}
            </Link>
          ),
        },
        {
          key: 'concern',
          name: say('concern'),
          isWide: true,
          cell: row => sayIntake(wordOf('concern', row.title)),
        },
        { key: 'flags', name: say('flags'), cell: row => <Flags of={row} /> },
        {
          key: 'officer',
          name: say('officer'),
          cell: row => row.officer?.name ?? <span className="tone-warn">{say('unassigned')}</span>,
        },
        {
          key: 'addresses',
          name: say('addresses'),
          isFigure: true,
          cell: row => (row.addresses === null ? say('notShown') : number(row.addresses)),
        },
        { key: 'matters', name: say('openMatters'), isFigure: true, cell: row => number(row.openMatters) },
        { key: 'due', name: say('due'), cell: row => <Due of={clockOf(row.case)} /> },
        { key: 'opened', name: say('opened'), cell: row => <When at={row.openedAt} /> },
        { key: 'state', name: say('state'), cell: row => <CaseState of={row.state} /> },
      ]}
    />
  )
}

/** The clocks of removal by case. They are asked for all at once, and the list does not wait for them. */
function useClocks(): (id: string) => Clock | undefined {
  const may = useMay()
  const query = useQuery({
    queryKey: ['takedown', 'clocks'],
    queryFn: () => takedown.caseClocks(),
    enabled: may('takedown.clocks'),
    refetchInterval: 60_000,
  })
  const byCase = new Map(query.data?.rows.map(row => [row.case, row]))
  return id => byCase.get(id)
}

type Clock = Awaited<ReturnType<typeof takedown.caseClocks>>['rows'][number]

function Due({ of }: { readonly of: Clock | undefined }) {
  const say = useWords(words)
  if (of === undefined) return <>—</>
  if (of.overdue > 0) return <Chip tone="bad">{say('overdue', { count: of.overdue })}</Chip>
  return of.nextDueAt === null ? <>—</> : <When at={of.nextDueAt} />
}

function None({ search, isMine }: { readonly search: CaseSearch; readonly isMine: boolean }) {
  const say = useWords(words)
  const navigate = useNavigate()
  const clear = () => void navigate({ to: '/cases', search: { mine: false, state: 'all' } })
  if (search.q !== undefined || search.state === 'closed')
    return (
      <Empty title={say('noneFound')} hint={say('noneFoundHint')}>
        <Button size="xs" variant="default" onClick={clear}>
          {say('clear')}
        </Button>
      </Empty>
    )
  if (isMine) return <Empty title={say('noneMine')} hint={say('noneMineHint')} />
  return <Empty title={say('none')} hint={say('noneHint')} />
}
