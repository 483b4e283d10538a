import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Empty, Page } from '../controls/page.tsx'
import { words as common } from '../controls/words.ts'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import type { ListedBank } from './api.ts'
import { AddBank } from './bank-form.tsx'
import { IndexState, percentOf, precisionOf, useBanks } from './bank-state.tsx'
import { words } from './bank-words.ts'

// The server sends all; the page draws as many as one looks through.
const step = 50

/** The banks of no case: what they are, and how well their hits did. Never what is in them. */
export function BanksPage() {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const query = useBanks()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(step)
  const q = typed.trim().toLowerCase()
  const fits = (row: ListedBank) => `${row.name}\n${row.source}`.toLowerCase().includes(q)
  return (
    <Page title={say('title')} lead={say('lead')} beside={<AddBank />}>
      <IndexState />
      <div className="filters">
        <TextInput
          data-search
          type="search"
          className="filters-find"
          leftSection={<IconSearch size={16} />}
          placeholder={say('find')}
          aria-label={say('find')}
          value={typed}
          onChange={event => {
            setTyped(event.currentTarget.value)
            setShown(step)
          }}
        />
      </div>
      <Answer of={query} lines={7}>
        {({ rows }) => {
          const fitting = rows.filter(fits)
          return (
            <>
              <BankTable of={fitting.slice(0, shown)} isNone={rows.length === 0} />
              {fitting.length > shown ? (
                <Button variant="default" mt="sm" onClick={() => setShown(shown + step)}>
                  {sayCommon('more')}
                </Button>
              ) : null}
            </>
          )
        }}
      </Answer>
    </Page>
  )
}

function BankTable({ of, isNone }: { readonly of: readonly ListedBank[]; readonly isNone: boolean }) {
  const say = useWords(words)
  const { number } = useSaying()
  const precision = (row: ListedBank) => {
    const share = precisionOf(row)
    return share === null ? '–' : say('percent', { value: percentOf(share) })
  }
  return (
    <Rows
      of={of}
      label={say('title')}
      keyOf={row => row.bank}
      empty={
        isNone ? (
          <Empty title={say('none')} hint={say('noneHint')} />
        ) : (
          <Empty title={say('noneFound')} hint={say('noneFoundHint')} />
        )
      }
      columns={[
        {
          key: 'name',
          name: say('name'),
          isWide: true,
          cell: row => (
            <span className="two-lines">
              <Link to="/matching/banks/$bank" params={{ bank: row.bank }} data-row className="row-link">
                {row.name}
              </Link>
              <small>{row.source}</small>
            </span>
          ),
        },
        { key: 'kind', name: say('kind'), cell: row => say(wordOf('kind', row.kind)) },
        {
          key: 'state',
          name: say('state'),
          cell: row => (
            <Chip tone={row.isEnabled ? 'good' : 'plain'}>{say(row.isEnabled ? 'on' : 'off')}</Chip>
          ),
        },
        {
          key: 'limits',
          name: say('limits'),
          cell: row =>
            row.kind === 'list'
              ? say('limitsEqual')
              : say('limitsSaid', { match: row.matchMax, review: row.reviewMax }),
        },
        { key: 'entries', name: say('entries'), isFigure: true, cell: row => number(row.entries) },
        { key: 'found', name: say('found'), isFigure: true, cell: row => number(row.found) },
        { key: 'confirmed', name: say('confirmed'), isFigure: true, cell: row => number(row.confirmed) },
        { key: 'reversed', name: say('reversed'), isFigure: true, cell: row => number(row.reversed) },
        { key: 'precision', name: say('precision'), isFigure: true, cell: precision },
      ]}
    />
  )
}
