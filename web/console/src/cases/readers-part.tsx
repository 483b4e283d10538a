import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { roleWord, words as accessWords } from '../access/words.ts'
import { useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Part, When } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as cases from './api.ts'
import { words } from './reader-words.ts'

interface KnownProps {
  readonly case: string
  readonly isKnownPerson: boolean
}

/** Who has looked at the case, the latest first: told to those who see it. */
export function ReadersPart({ case: id, isKnownPerson }: KnownProps) {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const { number } = useSaying()
  const agencyName = useAgencyName()
  const query = useQuery({ queryKey: ['cases', 'readers', id], queryFn: () => cases.readers(id) })
  return (
    <Part title={say('readers')}>
      <KnownPerson case={id} isKnownPerson={isKnownPerson} />
      <Answer of={query}>
        {({ rows }) => (
          <Rows
            of={rows}
            label={say('readers')}
            keyOf={row => row.account}
            empty={<Empty title={say('noReaders')} hint={say('noReadersHint')} />}
            columns={[
              { key: 'name', name: say('person'), cell: row => row.name ?? row.account.slice(-8) },
              {
                key: 'role',
                name: say('role'),
                isWide: true,
                cell: row =>
                  row.role === null ? '—' : `${sayAccess(roleWord[row.role])} · ${agencyName(row.agency)}`,
              },
              { key: 'times', name: say('times'), isFigure: true, cell: row => number(row.times) },
              { key: 'last', name: say('last'), cell: row => <When at={row.lastAt} /> },
            ]}
          />
        )}
      </Answer>
    </Part>
  )
}

/** Marks the case as of somebody whom many know: curiosity is then told. */
function KnownPerson({ case: id, isKnownPerson }: KnownProps) {
  const say = useWords(words)
  const may = useMay()
  const act = useAct({
    verb: (isKnown: boolean) => cases.markKnown(id, isKnown),
    changes: [['cases', 'one', id]],
    said: say(isKnownPerson ? 'unmarkedKnown' : 'markedKnown'),
  })
  if (!may('cases.settle')) return null
  return (
    <Switch
      mb="md"
      label={say('known')}
      description={say('knownHint')}
      checked={isKnownPerson}
      disabled={act.isBusy}
      onChange={event => act.run(event.currentTarget.checked)}
    />
  )
}
