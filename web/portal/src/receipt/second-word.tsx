import { sentenceOf } from '@jikimi/shared/api.ts'
import { useRef, useState } from 'preact/hooks'
import { Announcement, Field } from '../controls.tsx'
import { useLanguage, useWords } from '../language.ts'
import { uncoverWith } from '../mailbox/held.ts'
import type { AreaPageProps } from './receipt-area.tsx'
import { words } from './words.ts'

/** Asks for the second word where what was sent is covered. */
export function SecondWord({ held, hold, isOver }: AreaPageProps) {
  const word = useWords(words)
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const input = useRef<HTMLInputElement>(null)
  if (held.own !== undefined) return null
  const show = async () => {
    if (isBusy) return
    if (typed.trim() === '') {
      input.current?.focus()
      return
    }
    setBusy(true)
    setFault(undefined)
    try {
      hold(await uncoverWith(held, typed))
    } catch (error) {
      setBusy(false)
      if (isOver(error)) return
      setFault(error)
      input.current?.focus()
    }
  }
  return (
    <form
      class="note"
      noValidate
      autocomplete="off"
      onSubmit={event => {
        event.preventDefault()
        void show()
      }}
    >
      <p>{word('covered')}</p>
      <Field
        id="second-word"
        label={word('coveredLabel')}
        fault={fault === undefined ? undefined : sentenceOf(fault, language)}
      >
        {ids => (
          <input
            {...ids}
            ref={input}
            type="text"
            maxLength={100}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={typed}
            onInput={event => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      <Announcement isShown={isBusy}>{isBusy && word('opening')}</Announcement>
      <button type="submit" class="second" aria-disabled={isBusy}>
        {word('coveredOpen')}
      </button>
    </form>
  )
}
