import { sentenceOf } from '@jikimi/shared/api.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Announcement, Field } from '../controls.tsx'
import { Heading } from '../frame.tsx'
import { useLanguage, useWords } from '../language.ts'
import { openWith, type Held } from '../mailbox/held.ts'
import { warmUp } from '../mailbox/sealing.ts'
import { words as frameWords } from '../words.ts'
import { words } from './words.ts'

const digitCount = 16

interface EntryProps {
  readonly isAgain: boolean
  readonly opened: (held: Held) => void
  readonly back: () => void
}

export function Entry({ isAgain, opened, back }: EntryProps) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<'short' | { readonly error: unknown }>()
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(warmUp, [])
  const digits = typed.normalize('NFKC').replaceAll(/\D/g, '')

  const open = async () => {
    if (isBusy) return
    if (digits.length !== digitCount) {
      setFault('short')
      input.current?.focus()
      return
    }
    setBusy(true)
    setFault(undefined)
    try {
      opened(await openWith(digits))
    } catch (error) {
      setFault({ error })
      setBusy(false)
      input.current?.focus()
    }
  }
  const said = () => {
    if (fault === undefined) return undefined
    return fault === 'short'
      ? word('entryShort', { count: digits.length })
      : sentenceOf(fault.error, language)
  }
  return (
    <form
      noValidate
      autocomplete="off"
      onSubmit={event => {
        event.preventDefault()
        void open()
      }}
    >
      <div class="place">
        <button type="button" class="plain back" onClick={back}>
          {frameWord('back')}
        </button>
      </div>
      <Heading>{word('entry')}</Heading>
      {isAgain && <p class="note">{word('entryAgain')}</p>}
      <Field id="receipt" label={word('entryLabel')} hint={word('entryHint')} fault={said()}>
        {ids => (
          <input
            {...ids}
            ref={input}
            class="code"
            inputMode="numeric"
            maxLength={60}
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={event => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      <Announcement isShown={isBusy}>{isBusy && word('opening')}</Announcement>
      <div class="onward">
        <button type="submit" class="main" aria-disabled={isBusy}>
          {word('open')}
        </button>
      </div>
    </form>
  )
}
