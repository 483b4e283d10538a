import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roleWord, words as accessWords } from '../access/words.ts'
import * as cases from '../cases/api.ts'
import { AskedButton } from '../controls/choice.tsx'
import { useWords } from '../language.tsx'
import * as support from './api.ts'
import {
  persons,
  standBy,
  withdrawals,
  type CarePromise,
  type Person,
  type StandBy,
  type Withdrawal,
} from './api.ts'
import { words } from './promise-words.ts'

/** The end of a day, as the browser's own clock has it: what is promised for a day may be kept all day. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:00`).toISOString()

/** Notes what was promised to somebody of the case. */
export function NotePromise({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const [what, setWhat] = useState('')
  const [person, setPerson] = useState<Person>('victim')
  const [by, setBy] = useState<string>('counsellor')
  const [until, setUntil] = useState('')
  const people = useQuery({ queryKey: ['cases', 'members', id], queryFn: () => cases.members(id) })
  const isRole = standBy.some(each => each === by)
  return (
    <AskedButton
      label={say('make')}
      title={say('makeTitle')}
      sentence={say('makeSentence')}
      confirm={say('make')}
      said={say('made')}
      size="sm"
      isReady={what.trim() !== '' && until !== ''}
      verb={() =>
        support
          .makePromise(id, {
            person,
            what: what.trim(),
            by: isRole ? { role: by as StandBy } : { account: by },
            until: endOfDay(until),
          })
          .then(() => setWhat(''))
      }
      changes={[['support'], ['cases', 'one', id]]}
    >
      <Textarea
        label={say('what')}
        maxLength={500}
        autosize
        minRows={2}
        value={what}
        data-autofocus
        onChange={event => setWhat(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('person')}
        value={person}
        onChange={event => setPerson(event.currentTarget.value as Person)}
        data={persons.map(each => ({ value: each, label: say(each) }))}
      />
      <NativeSelect
        label={say('who')}
        value={by}
        onChange={event => setBy(event.currentTarget.value)}
        data={[
          ...standBy.map(each => ({
            value: each as string,
            label: say('whoever', { role: sayAccess(roleWord[each]) }),
          })),
          ...(people.data?.rows ?? [])
            .filter(each => each.isIn && each.name !== null)
            .map(each => ({ value: each.account, label: each.name! })),
        ]}
      />
      <TextInput
        type="date"
        label={say('until')}
        value={until}
        onChange={event => setUntil(event.currentTarget.value)}
      />
    </AskedButton>
  )
}

/** What is done with an open promise. */
export function PromiseActs({ of }: { readonly of: CarePromise }) {
  const say = useWords(words)
  const [reason, setReason] = useState<Withdrawal | ''>('')
  const changes = [['support'], ['cases', 'one', of.case]]
  return (
    <span className="acts">
      <AskedButton
        label={say('keep')}
        title={say('keepTitle')}
        sentence={of.what}
        confirm={say('keep')}
        said={say('kept')}
        verb={() => support.settlePromise(of.promise, { outcome: 'kept' })}
        changes={changes}
      />{' '}
      <AskedButton
        label={say('withdraw')}
        title={say('withdrawTitle')}
        sentence={say('withdrawSentence')}
        confirm={say('withdraw')}
        said={say('withdrawn')}
        isReady={reason !== ''}
        verb={() => support.settlePromise(of.promise, { outcome: 'withdrawn', reason: reason as Withdrawal })}
        changes={changes}
      >
        <NativeSelect
          label={say('reason')}
          data-autofocus
          value={reason}
          onChange={event => setReason(event.currentTarget.value as Withdrawal | '')}
          data={[
            { value: '', label: say('chooseReason') },
            ...withdrawals.map(each => ({ value: each, label: say(each) })),
          ]}
        />
      </AskedButton>
    </span>
  )
}
