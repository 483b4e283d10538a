import { concerns, relations, storyLengthMax, type Concern } from '../api.ts'
import { Choice, Field, WritingArea } from '../controls.tsx'
import { useWords } from '../language.ts'
import { isYoung } from './particulars.tsx'
import type { QuestionProps } from './report-page.tsx'
import { words } from './words.ts'

const concernWord = {
  leak: 'concernLeak',
  hiddenCamera: 'concernHiddenCamera',
  deepfake: 'concernDeepfake',
  threat: 'concernThreat',
  minor: 'concernMinor',
  other: 'concernOther',
} as const
const relationWord = {
  self: 'relationSelf',
  guardian: 'relationGuardian',
  helper: 'relationHelper',
  other: 'relationOther',
} as const
export const wordOf = { concern: concernWord, relation: relationWord }

const adviceFor = (concern: Concern) =>
  concern === 'threat' ? 'adviceThreat' : concern === 'minor' ? 'adviceMinor' : 'advicePlain'

export function ConcernQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  return (
    <>
      <p id="hint" class="hint">
        {word('concernHint')}
      </p>
      <Choice
        name="concern"
        labelledBy="question"
        describedBy="hint"
        options={concerns.map(value => ({ value, label: word(concernWord[value]) }))}
        chosen={draft.concern}
        choose={concern => change({ concern })}
      />
      <p role="status" class={draft.concern === undefined ? 'unseen' : 'note'}>
        {draft.concern === undefined ? '' : word(adviceFor(draft.concern))}
      </p>
    </>
  )
}

export function RelationQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  const isBystander = draft.relation === 'other'
  return (
    <>
      <Choice
        name="relation"
        labelledBy="question"
        options={relations.map(value => ({ value, label: word(relationWord[value]) }))}
        chosen={draft.relation}
        choose={relation => change({ relation })}
      />
      <p role="status" class={isBystander ? 'note' : 'unseen'}>
        {isBystander ? word('adviceBystander') : ''}
      </p>
    </>
  )
}

export function AgeQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  const chosen = draft.isUnder18 === undefined ? undefined : ageOf(draft.isUnder18)
  return (
    <>
      <p id="hint" class="hint">
        {word('ageHint')}
      </p>
      <Choice
        name="age"
        labelledBy="question"
        describedBy="hint"
        options={[
          { value: 'yes', label: word('ageYes') },
          { value: 'no', label: word('ageNo') },
          { value: 'unsaid', label: word('ageUnsaid') },
        ]}
        chosen={chosen}
        choose={value => change({ isUnder18: value === 'unsaid' ? null : value === 'yes' })}
      />
      <p role="status" class={draft.isUnder18 === true ? 'note' : 'unseen'}>
        {draft.isUnder18 === true ? word('ageNote') : ''}
      </p>
    </>
  )
}

function ageOf(isUnder18: boolean | null) {
  if (isUnder18 === null) return 'unsaid'
  return isUnder18 ? 'yes' : 'no'
}

// From here on the room that is left is said.
const leftShownFrom = 500

export function StoryQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  const left = storyLengthMax - draft.story.length
  return (
    <>
      <Field
        id="story"
        label={word('storyLabel')}
        hint={word(isYoung(draft) ? 'storyHintYoung' : 'storyHint')}
      >
        {ids => (
          <WritingArea
            ids={ids}
            rows={8}
            lengthMax={storyLengthMax}
            value={draft.story}
            write={story => change({ story })}
          />
        )}
      </Field>
      {left < leftShownFrom && (
        <p role="status" class="hint">
          {word('left', { count: left })}
        </p>
      )}
    </>
  )
}

export function WomanQuestion({ writing: { draft, change } }: QuestionProps) {
  const word = useWords(words)
  return (
    <>
      <p id="hint" class="hint">
        {word('womanHint')}
      </p>
      <Choice
        name="woman"
        labelledBy="question"
        describedBy="hint"
        options={[
          { value: 'yes', label: word('womanYes') },
          { value: 'no', label: word('womanNo') },
        ]}
        chosen={draft.wantsWoman === undefined ? undefined : draft.wantsWoman ? 'yes' : 'no'}
        choose={value => change({ wantsWoman: value === 'yes' })}
      />
    </>
  )
}
