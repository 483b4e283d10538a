import { Alert, Checkbox, Text, Textarea, TextInput } from '@mantine/core'
import { useMay } from '../access/session.tsx'
import { Chip } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencyName } from './agency.tsx'
import type { Despite, Staffing } from './api.ts'
import { words } from './plan-words.ts'
import { breachWords, words as staffingWords } from './words.ts'

export const noDespite = { isMeant: false, reason: '', mendBy: '' }
type Form = typeof noDespite

/** What is sent where a commander breaks a rule knowingly; nothing otherwise. */
export function despiteOf(form: Form): Despite | undefined {
  if (!form.isMeant) return undefined
  return { reason: form.reason.trim(), mendBy: `${form.mendBy}T23:59:59+09:00` }
}

/** For the commander alone: going on although the rule is broken, with a reason and a date. */
export function DespiteFields({ of, change }: { readonly of: Form; readonly change: (form: Form) => void }) {
  const say = useWords(words)
  const may = useMay()
  if (!may('staffing.establish')) return null
  return (
    <>
      <Checkbox
        label={say('despite')}
        checked={of.isMeant}
        onChange={event => change({ ...of, isMeant: event.currentTarget.checked })}
      />
      {of.isMeant ? (
        <>
          <Textarea
            label={say('reason')}
            required
            withAsterisk={false}
            minLength={5}
            maxLength={500}
            value={of.reason}
            onChange={event => change({ ...of, reason: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={say('mendByField')}
            required
            withAsterisk={false}
            value={of.mendBy}
            onChange={event => change({ ...of, mendBy: event.currentTarget.value })}
          />
        </>
      ) : null}
    </>
  )
}

/** Rules that are broken knowingly: which, where, why, until when. */
export function Warnings({ of }: { readonly of: Staffing['warnings'] }) {
  const say = useWords(words)
  const sayStaffing = useWords(staffingWords)
  const { when } = useSaying()
  const agencyName = useAgencyName()
  if (of.length === 0) return null
  return (
    <Alert color="warn" title={say('warnings')}>
      <ul className="sentences">
        {of.map(each => {
          const word = breachWords[each.breach]
          return (
            <li key={each.warning}>
              {each.agency === null ? null : `${agencyName(each.agency)} · `}
              {word === undefined ? each.breach : sayStaffing(word)} ·{' '}
              {say('mendBy', { at: when(each.mendBy) })}{' '}
              {each.isOverdue ? <Chip tone="bad">{say('overdue')}</Chip> : null}
              <Text size="sm" component="div">
                {each.reason}
              </Text>
            </li>
          )
        })}
      </ul>
    </Alert>
  )
}
