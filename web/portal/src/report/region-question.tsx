import { useEffect, useState } from 'preact/hooks'
import { agencies, type Agency } from '../api.ts'
import { Field } from '../controls.tsx'
import { useLanguage, useWords } from '../language.ts'
import { words as frameWords } from '../words.ts'
import type { QuestionProps } from './report-page.tsx'
import { words } from './words.ts'

let known: readonly Agency[] | undefined

/** The local agencies, asked for once. */
export function useAgencies(): readonly [readonly Agency[] | undefined, boolean] {
  const [list, setList] = useState(known)
  const [isMissing, setMissing] = useState(false)
  useEffect(() => {
    if (known !== undefined) return undefined
    const stop = new AbortController()
    agencies(stop.signal).then(
      found => setList((known = found)),
      () => setMissing(!stop.signal.aborted),
    )
    return () => stop.abort()
  }, [])
  return [list, isMissing]
}

export function RegionQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  const language = useLanguage()
  const [list, isMissing] = useAgencies()
  if (isMissing) return <p class="note">{word('regionMissing')}</p>
  return (
    <Field id="region" label={word('regionLabel')} hint={word('regionHint')}>
      {ids => (
        <select
          {...ids}
          autocomplete="off"
          value={draft.region ?? ''}
          onChange={event => change({ region: event.currentTarget.value || undefined })}
        >
          <option value="">{list === undefined ? frameWord('loading') : word('regionNone')}</option>
          {list?.map(agency => (
            <option key={agency.code} value={agency.code}>
              {agency[language]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
