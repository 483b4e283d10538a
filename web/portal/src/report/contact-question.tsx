import { useEffect, useRef } from 'preact/hooks'
import { contactWays, type ContactWay } from '../api.ts'
import { Choice, Field } from '../controls.tsx'
import { useWords } from '../language.ts'
import { lacksContact } from './draft.ts'
import { isYoung } from './particulars.tsx'
import type { QuestionProps } from './report-page.tsx'
import { words } from './words.ts'

export const wayWord = {
  receiptOnly: 'wayReceiptOnly',
  email: 'wayEmail',
  phone: 'wayPhone',
  text: 'wayText',
} as const
const valueWord = { email: 'valueEmail', phone: 'valuePhone', text: 'valueText' } as const

export function ContactQuestion({ writing: { draft, change }, isFaulty }: QuestionProps) {
  const word = useWords(words)
  const { way } = draft
  return (
    <>
      <p id="hint" class="hint">
        {word(isYoung(draft) ? 'contactHintYoung' : 'contactHint')}
      </p>
      <Choice
        name="way"
        labelledBy="question"
        describedBy="hint"
        options={contactWays.map(value => ({ value, label: word(wayWord[value]) }))}
        chosen={way}
        choose={chosen => change({ way: chosen })}
      />
      {way !== undefined && way !== 'receiptOnly' && (
        <>
          <ValueField
            way={way}
            value={draft.contact}
            isFaulty={isFaulty && lacksContact(draft)}
            write={contact => change({ contact })}
          />
          <Field id="note" label={word('note')} hint={word('noteHint')}>
            {ids => (
              <textarea
                {...ids}
                rows={2}
                maxLength={500}
                autocomplete="off"
                spellcheck={false}
                value={draft.note}
                onInput={event => change({ note: event.currentTarget.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  )
}

interface ValueFieldProps {
  readonly way: Exclude<ContactWay, 'receiptOnly'>
  readonly value: string
  readonly isFaulty: boolean
  readonly write: (value: string) => void
}

function ValueField({ way, value, isFaulty, write }: ValueFieldProps) {
  const word = useWords(words)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isFaulty) input.current?.focus()
  }, [isFaulty])
  const missing = way === 'email' ? 'valueMissingEmail' : 'valueMissingPhone'
  return (
    <Field id="contact" label={word(valueWord[way])} fault={isFaulty ? word(missing) : undefined}>
      {ids => (
        <input
          {...ids}
          ref={input}
          type={way === 'email' ? 'email' : 'tel'}
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          value={value}
          onInput={event => write(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
