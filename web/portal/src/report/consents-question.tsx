import { purposes, type Purpose } from '../api.ts'
import { Switch } from '../controls.tsx'
import { useWords } from '../language.ts'
import { isByLaw, meaningOf, words } from '../consent-words.ts'
import { isYoung } from './particulars.tsx'
import type { QuestionProps } from './report-page.tsx'

/** What may be done, purpose by purpose. Removal is what a report is for; all else is off until it is switched on. */
export function ConsentsQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  const isUnder18 = draft.isUnder18 === true || draft.concern === 'minor'
  const isOn = (purpose: Purpose) => draft.consents[purpose] ?? purpose === 'removal'
  return (
    <>
      <p class="hint">{word(isYoung(draft) ? 'askHintYoung' : 'askHint')}</p>
      <div class="switches">
        {purposes.map(purpose => (
          <Switch
            key={purpose}
            id={`consent-${purpose}`}
            label={word(purpose)}
            hint={word(meaningOf(purpose, isUnder18))}
            isOn={isUnder18 && isByLaw(purpose) ? true : isOn(purpose)}
            isFixed={isUnder18 && isByLaw(purpose)}
            turn={on => change({ consents: { ...draft.consents, [purpose]: on } })}
          />
        ))}
      </div>
    </>
  )
}
