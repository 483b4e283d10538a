import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roleWord, words as accessWords } from '../access/words.ts'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Empty, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as cases from './api.ts'
import { grantable, type Grantable, type Member } from './api.ts'
import { words } from './words.ts'

/** Who sees the case beside its officer, and who did; its officer and the leader let others in. */
export function PeoplePart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const query = useQuery({ queryKey: ['cases', 'members', id], queryFn: () => cases.members(id) })
  return (
    <Part title={say('people')} beside={query.data?.mayLetIn === true ? <LetIn case={id} /> : null}>
      <Answer of={query}>
        {({ rows, mayLetIn }) =>
          rows.length === 0 ? (
            <Empty title={say('noPeople')} hint={say('noPeopleHint')} />
          ) : (
            <People of={rows} case={id} mayLetIn={mayLetIn} />
          )
        }
      </Answer>
    </Part>
  )
}

function People({
  of,
  case: id,
  mayLetIn,
}: {
  readonly of: readonly Member[]
  readonly case: string
  readonly mayLetIn: boolean
}) {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  return (
    <Rows
      of={of}
      label={say('people')}
      keyOf={row => row.member}
      empty={null}
      columns={[
        { key: 'name', name: say('person'), cell: row => row.name ?? '—' },
        {
          key: 'role',
          name: say('role'),
          cell: row => (row.role === null ? '—' : sayAccess(roleWord[row.role])),
        },
        {
          key: 'ground',
          name: say('ground'),
          isWide: true,
          cell: row => (
            <>
              <Chip tone={row.ground === 'breakGlass' ? 'bad' : 'plain'}>{say(groundWord[row.ground])}</Chip>{' '}
              {row.words}
            </>
          ),
        },
        { key: 'by', name: say('letInBy'), cell: row => row.letInBy ?? say('byProcedure') },
        { key: 'until', name: say('until'), cell: row => <When at={row.endedAt ?? row.until} /> },
        {
          key: 'end',
          name: '',
          cell: row =>
            row.isIn && mayLetIn ? (
              <AskedButton
                label={say('endPart')}
                title={say('endPartTitle')}
                sentence={say('endPartSentence')}
                confirm={say('endPart')}
                verb={() => cases.endMember(row.member)}
                changes={[['cases', 'members', id]]}
              />
            ) : row.isIn ? null : (
              say('isOver')
            ),
        },
      ]}
    />
  )
}

// A week by default: what is needed longer is said.
const days = [1, 7, 30, 90, 180] as const
const dayMs = 24 * 60 * 60 * 1000

function LetIn({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const [account, setAccount] = useState('')
  const [ground, setGround] = useState<Grantable | ''>('')
  const [why, setWhy] = useState('')
  const [length, setLength] = useState<number>(7)
  const query = useQuery({
    queryKey: ['cases', 'candidates', id],
    queryFn: () => cases.candidates(id),
    staleTime: 60_000,
  })
  const until = () => new Date(Date.now() + length * dayMs - 60_000).toISOString()
  return (
    <AskedButton
      label={say('letIn')}
      title={say('letInTitle')}
      sentence={say('letInSentence')}
      confirm={say('letIn')}
      said={say('letInDone')}
      size="sm"
      isReady={account !== '' && ground !== ''}
      verb={() => cases.letIn(id, { account, ground: ground as Grantable, words: why, until: until() })}
      changes={[['cases', 'members', id]]}
    >
      <NativeSelect
        label={say('person')}
        value={account}
        data-autofocus
        onChange={event => setAccount(event.currentTarget.value)}
        data={[
          { value: '', label: '—' },
          ...(query.data?.rows ?? []).map(each => ({ value: each.account, label: each.name })),
        ]}
      />
      <NativeSelect
        label={say('ground')}
        value={ground}
        onChange={event => setGround(event.currentTarget.value as Grantable | '')}
        data={[
          { value: '', label: '—' },
          ...grantable.map(each => ({ value: each, label: say(groundWord[each]) })),
        ]}
      />
      <TextInput
        label={say('groundWords')}
        maxLength={500}
        value={why}
        onChange={event => setWhy(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('howLong')}
        value={String(length)}
        onChange={event => setLength(Number(event.currentTarget.value))}
        data={days.map(count => ({ value: String(count), label: say('daysCount', { count }) }))}
      />
    </AskedButton>
  )
}

const groundWord = {
  team: 'groundTeam',
  counsellor: 'groundCounsellor',
  secondPerson: 'groundSecondPerson',
  cover: 'groundCover',
  advice: 'groundAdvice',
  supervision: 'groundSupervision',
  breakGlass: 'groundBreakGlass',
  wish: 'groundWish',
} as const
