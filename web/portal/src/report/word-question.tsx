import { Field } from '../controls.tsx'
import { useWords } from '../language.ts'
import type { QuestionProps } from './report-page.tsx'
import { words } from './words.ts'

/** A second word. Not a password field: a browser would offer to keep it. */
export function WordQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  return (
    <>
      <p class="hint">{word('wordHint')}</p>
      <Field id="word" label={word('wordLabel')} hint={word('wordForgotten')}>
        {ids => (
          <input
            {...ids}
            type="text"
            maxLength={100}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={draft.word}
            onInput={event => change({ word: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  )
}
