import { Alert, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useSession } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencies } from '../staffing/agency.tsx'
import * as staffing from '../staffing/api.ts'
import * as cases from './api.ts'
import { handoverReasons, type CaseLine, type HandoverReason } from './api.ts'
import { words } from './handover-words.ts'
import { words as caseWords } from './words.ts'

/** A leader gives a case of the agency to another officer or another agency, and says why. */
export function HandOver({ of }: { readonly of: Omit<CaseLine, 'addresses'> }) {
  const may = useMay()
  const session = useSession()
  if (!may('cases.handOver') || of.state !== 'open' || session.agency !== of.agency) return null
  return <Asked of={of} />
}

function Asked({ of }: { readonly of: Omit<CaseLine, 'addresses'> }) {
  const say = useWords(words)
  const { either } = useSaying()
  const agencies = useAgencies()
  const [agency, setAgency] = useState(of.agency)
  const [officer, setOfficer] = useState('')
  const [reason, setReason] = useState<HandoverReason | ''>('')
  const [note, setNote] = useState('')
  const isElsewhere = agency !== of.agency
  return (
    <AskedButton
      label={say('handOver')}
      title={say('handOverTitle')}
      sentence={say('handOverSentence')}
      confirm={say('handOver')}
      said={say('handedOver')}
      size="sm"
      isReady={reason !== '' && (isElsewhere || officer !== '')}
      verb={() =>
        cases.handOver(of.case, {
          agency,
          reason: reason as HandoverReason,
          words: note,
          ...(officer === '' ? {} : { officer }),
        })
      }
      changes={[['cases'], ['staffing']]}
    >
      {of.wantsWoman ? <Alert color="accent">{say('woman')}</Alert> : null}
      <NativeSelect
        label={say('agency')}
        value={agency}
        data-autofocus
        onChange={event => {
          setAgency(event.currentTarget.value)
          setOfficer('')
        }}
        data={agencies.map(each => ({ value: each.code, label: either(each) }))}
      />
      <Successor of={of} agency={agency} officer={officer} choose={setOfficer} />
      <NativeSelect
        label={say('reason')}
        value={reason}
        onChange={event => setReason(event.currentTarget.value as HandoverReason | '')}
        data={[
          { value: '', label: say('chooseReason') },
          ...handoverReasons.map(each => ({ value: each, label: say(each) })),
        ]}
      />
      <TextInput
        label={say('note')}
        maxLength={500}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </AskedButton>
  )
}

function Successor({
  of,
  agency,
  officer,
  choose,
}: {
  readonly of: Omit<CaseLine, 'addresses'>
  readonly agency: string
  readonly officer: string
  readonly choose: (officer: string) => void
}) {
  const say = useWords(words)
  const sayCase = useWords(caseWords)
  const query = useQuery({
    queryKey: ['staffing', 'officers', agency],
    queryFn: () => staffing.officers(agency),
    staleTime: 30_000,
  })
  const team = query.data ?? []
  const hasWoman = team.some(each => each.isWoman)
  return (
    <NativeSelect
      label={say('officer')}
      value={officer}
      onChange={event => choose(event.currentTarget.value)}
      data={[
        { value: '', label: say(agency === of.agency ? 'chooseOfficer' : 'byRules') },
        ...team.map(each => ({
          value: each.officer,
          label: sayCase(each.isWoman ? 'officerLineWoman' : 'officerLine', {
            name: each.name,
            load: each.load ?? '–',
          }),
          disabled: each.officer === of.officer?.officer || (of.wantsWoman && hasWoman && !each.isWoman),
        })),
      ]}
    />
  )
}
