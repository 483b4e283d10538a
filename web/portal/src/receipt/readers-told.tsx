import { isStopped, sentenceOf } from '@jikimi/shared/api.ts'
import { sayWhen } from '@jikimi/shared/words.ts'
import { useState } from 'preact/hooks'
import { agencies, readers, type Agency, type ReadersTold as Told } from '../api.ts'
import { useLanguage, useWords } from '../language.ts'
import type { AreaPageProps } from './receipt-area.tsx'
import { roleWord, words } from './words.ts'

/** Who has looked at one's own report: by role and agency, asked for only when somebody wants to know. */
export function ReadersTold({ isOver }: Pick<AreaPageProps, 'isOver'>) {
  const word = useWords(words)
  const language = useLanguage()
  const [told, setTold] = useState<Told>()
  const [places, setPlaces] = useState<readonly Agency[]>([])
  const [fault, setFault] = useState<unknown>()
  const ask = async () => {
    try {
      setTold(await readers())
      setPlaces(await agencies(new AbortController().signal))
      setFault(undefined)
    } catch (error) {
      if (!isStopped(error) && !isOver(error)) setFault(error)
    }
  }
  const placeOf = (code: string | null) => places.find(each => each.code === code)?.[language] ?? ''
  return (
    <details onToggle={event => event.currentTarget.open && void ask()}>
      <summary>{word('readers')}</summary>
      <p class="hint">{word('readersHint')}</p>
      {fault !== undefined && <p role="alert">{sentenceOf(fault, language)}</p>}
      {told?.rows.length === 0 && <p>{word('readersNone')}</p>}
      <ul>
        {told?.rows.map(each => (
          <li key={`${each.role} ${each.agency}`}>
            {word('readersLine', {
              place: placeOf(each.agency),
              role: word(roleWord[each.role]),
              count: each.times,
              when: sayWhen(language, each.lastAt),
            })}
          </li>
        ))}
      </ul>
    </details>
  )
}
