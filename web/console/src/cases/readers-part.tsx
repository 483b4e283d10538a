import { useQuery } from '@tanstack/react-query'
import { roleWord, words as accessWords } from '../access/words.ts'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Part, When } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as cases from './api.ts'
import { words } from './reader-words.ts'

/** Who has looked at the case, the latest first: told to those who see it. */
export function ReadersPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const { number } = useSaying()
  const agencyName = useAgencyName()
  const query = useQuery({ queryKey: ['cases', 'readers', id], queryFn: () => cases.readers(id) })
  return (
    <Part title={say('readers')}>
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
