import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Chip } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import { useAgencyName } from './agency.tsx'
import * as staffing from './api.ts'
import { words } from './roster-words.ts'

/** Wishes for a woman that the team cannot keep now, and who was called. Nothing where there is none. */
export function WishesPart() {
  const say = useWords(words)
  const { when } = useSaying()
  const agencyName = useAgencyName()
  const query = useQuery({ queryKey: ['staffing', 'wishes'], queryFn: staffing.wishes, ...live(15) })
  if (query.data === undefined || query.data.length === 0) return null
  return (
    <Alert color="warn" role="status" title={say('wishes')} mb="md">
      <ul className="sentences">
        {query.data.map(({ case: id, agency, askedAt, onCall, isForMe }) => {
          const values = { at: when(askedAt), agency: agencyName(agency) }
          return (
            <li key={id}>
              {onCall === null ? say('wishNobody', values) : say('wishCalled', { ...values, name: onCall })}{' '}
              {isForMe ? <Chip tone="accent">{say('wishForMe')}</Chip> : null}
            </li>
          )
        })}
      </ul>
    </Alert>
  )
}
