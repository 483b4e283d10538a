import { sentenceOf } from '@jikimi/shared/api.ts'
import { useRef, useState } from 'preact/hooks'
import { addAddresses, addressesMax, type AddressesReceived } from '../api.ts'
import { Announcement, Field, WritingArea } from '../controls.tsx'
import { useLanguage, useWords } from '../language.ts'
import { addressesTextMax } from '../report/addresses-question.tsx'
import { addressesIn } from '../report/draft.ts'
import type { AreaPageProps } from './receipt-area.tsx'
import { words } from './words.ts'

type Told = { readonly answer: AddressesReceived } | { readonly error: unknown } | 'empty'

/** More places where it was seen. Naming one twice does nothing twice, so sending again is safe. */
export function AddAddresses({
  drafts,
  write,
  isOver,
  added,
}: AreaPageProps & { readonly added: () => void }) {
  const word = useWords(words)
  const language = useLanguage()
  const [told, setTold] = useState<Told>()
  const [isBusy, setBusy] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const send = async () => {
    if (isBusy) return
    const found = addressesIn(drafts.addresses).slice(0, addressesMax)
    if (found.length === 0) {
      setTold('empty')
      area.current?.focus()
      return
    }
    setBusy(true)
    setTold(undefined)
    try {
      const answer = await addAddresses(found)
      const rest = addressesIn(drafts.addresses).slice(addressesMax)
      write({ addresses: rest.join('\n') })
      setTold({ answer })
      added()
    } catch (error) {
      if (!isOver(error)) setTold({ error })
    } finally {
      setBusy(false)
    }
  }
  const fault = () => {
    if (told === 'empty') return word('addEmpty')
    return told !== undefined && 'error' in told ? sentenceOf(told.error, language) : undefined
  }
  const answer = typeof told === 'object' && 'answer' in told ? told.answer : undefined
  return (
    <form
      noValidate
      autocomplete="off"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <h2>{word('add')}</h2>
      <Field id="more" label={word('addLabel')} hint={word('addHint')} fault={fault()}>
        {ids => (
          <WritingArea
            ids={ids}
            area={area}
            rows={3}
            lengthMax={addressesTextMax}
            isCode
            value={drafts.addresses}
            write={addresses => write({ addresses })}
          />
        )}
      </Field>
      <Announcement isShown={answer !== undefined}>
        {answer && word('added', { count: answer.addresses.length })}
      </Announcement>
      {answer !== undefined && answer.refusedAddresses.length > 0 && (
        <p class="note">{word('addRefused', { count: answer.refusedAddresses.length })}</p>
      )}
      <button type="submit" class="second" aria-disabled={isBusy}>
        {word('addSend')}
      </button>
    </form>
  )
}
