import { addressesMax, addressLengthMax } from '../api.ts'
import { Announcement, Field, WritingArea } from '../controls.tsx'
import { useWords } from '../language.ts'
import { addressesIn } from './draft.ts'
import type { QuestionProps } from './report-page.tsx'
import { words } from './words.ts'

export const addressesTextMax = addressesMax * addressLengthMax

export function AddressesQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  const count = addressesIn(draft.addresses).length
  const hasLong = draft.addresses.split('\n').some(line => line.trim().length > addressLengthMax)
  return (
    <>
      <Field id="addresses" label={word('addressesLabel')} hint={word('addressesHint')}>
        {ids => (
          <WritingArea
            ids={ids}
            rows={6}
            lengthMax={addressesTextMax}
            isCode
            value={draft.addresses}
            write={addresses => change({ addresses })}
          />
        )}
      </Field>
      <Announcement isShown={count > 0}>{count > 0 ? word('addressesFound', { count }) : ''}</Announcement>
      {count > addressesMax && <p class="note">{word('addressesMany', { max: addressesMax })}</p>}
      {hasLong && <p class="note">{word('addressesLong')}</p>}
      <p class="hint">{word('addressesNote')}</p>
    </>
  )
}
