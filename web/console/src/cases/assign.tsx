import { Alert, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useWords } from '../language.tsx'
import * as staffing from '../staffing/api.ts'
import * as cases from './api.ts'
import type { CaseLine } from './api.ts'
import { words } from './words.ts'

/** A leader chooses the officer of a case. */
export function Assign({ of }: { readonly of: Omit<CaseLine, 'addresses'> }) {
  const say = useWords(words)
  const may = useMay()
  const [officer, setOfficer] = useState('')
  const isAllowed = may('cases.assign') && of.state === 'open'
  const query = useQuery({
    queryKey: ['staffing', 'officers', of.agency],
    queryFn: () => staffing.officers(of.agency),
    enabled: isAllowed,
    staleTime: 30_000,
  })
  if (!isAllowed) return null
  return (
    <AskedButton
      label={say('assign')}
      title={say('assignTitle')}
      sentence={say('assignSentence')}
      confirm={say('assignConfirm')}
      said={say('assigned')}
      size="sm"
      isReady={officer !== ''}
      verb={() => cases.assign(of.case, officer)}
      changes={[['cases']]}
    >
      {of.wantsWoman ? <Alert color="accent">{say('assignWoman')}</Alert> : null}
      <NativeSelect
        label={say('officer')}
        value={officer}
        data-autofocus
        onChange={event => setOfficer(event.currentTarget.value)}
        data={[
          { value: '', label: say('chooseOfficer') },
          ...(query.data ?? []).map(each => ({
            value: each.officer,
            label: say(each.isWoman ? 'officerLineWoman' : 'officerLine', {
              name: each.name,
              load: each.load ?? 0,
            }),
            disabled: each.officer === of.officer?.officer || (of.wantsWoman && !each.isWoman),
          })),
        ]}
      />
    </AskedButton>
  )
}
