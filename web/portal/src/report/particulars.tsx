/**
 * What is asked on the way that fits what happened: one choice a page, each only where its answer changes what is
 * done. An answer may bring a word of advice at once.
 *
 * @module
 */
import type { Particulars } from '../api.ts'
import { Choice } from '../controls.tsx'
import { useWords } from '../language.ts'
import type { Draft } from './draft.ts'
import { words } from './particular-words.ts'
import type { QuestionProps } from './report-page.tsx'

type Key = keyof typeof words.ko
interface Option {
  readonly value: string
  readonly word: Key
  readonly advice?: Key
}

const yesNo = (yes: Key, no: Key, advice?: Key): readonly Option[] => [
  { value: 'yes', word: yes, ...(advice === undefined ? {} : { advice }) },
  { value: 'no', word: no },
]

export const options = {
  actsAs: [
    { value: 'parent', word: 'actsAsParent' },
    { value: 'relative', word: 'actsAsRelative' },
    { value: 'friend', word: 'actsAsFriend' },
    { value: 'professional', word: 'actsAsProfessional' },
  ],
  personKnows: yesNo('personKnowsYes', 'personKnowsNo').map((each, index) =>
    index === 1 ? { ...each, advice: 'personKnowsAdvice' as const } : each,
  ),
  guardianMayKnow: [
    { value: 'yes', word: 'guardianYes' },
    { value: 'later', word: 'guardianLater', advice: 'guardianKept' },
    { value: 'no', word: 'guardianNo', advice: 'guardianKept' },
  ],
  guardianIsSuspect: yesNo('guardianSuspectYes', 'guardianSuspectNo', 'guardianSuspectAdvice'),
  demand: [
    { value: 'money', word: 'demandMoney', advice: 'demandAdvice' },
    { value: 'pictures', word: 'demandPictures', advice: 'demandAdvice' },
    { value: 'meeting', word: 'demandMeeting', advice: 'demandMeetingAdvice' },
    { value: 'other', word: 'demandOther', advice: 'demandAdvice' },
    { value: 'nothing', word: 'demandNothing' },
  ],
  deadline: [
    { value: 'today', word: 'deadlineToday', advice: 'deadlineAdvice' },
    { value: 'days', word: 'deadlineDays' },
    { value: 'none', word: 'deadlineNone' },
  ],
  hasPaid: yesNo('hasPaidYes', 'hasPaidNo', 'hasPaidAdvice'),
  isSpread: yesNo('isSpreadYes', 'isSpreadNo'),
  place: [
    { value: 'home', word: 'placeHome' },
    { value: 'toilet', word: 'placeToilet' },
    { value: 'lodging', word: 'placeLodging' },
    { value: 'transport', word: 'placeTransport' },
    { value: 'workOrSchool', word: 'placeWorkOrSchool' },
    { value: 'other', word: 'placeOther' },
  ],
  mayStillFilm: yesNo('mayStillFilmYes', 'mayStillFilmNo', 'mayStillFilmAdvice'),
  faceFrom: [
    { value: 'posted', word: 'faceFromPosted' },
    { value: 'private', word: 'faceFromPrivate' },
    { value: 'unknown', word: 'faceFromUnknown' },
  ],
  suspect: [
    { value: 'close', word: 'suspectClose' },
    { value: 'acquaintance', word: 'suspectAcquaintance' },
    { value: 'online', word: 'suspectOnline' },
    { value: 'stranger', word: 'suspectStranger' },
  ],
} as const satisfies Record<keyof Particulars, readonly Option[]>

export type Particular = keyof typeof options
export const particulars = Object.keys(options) as readonly Particular[]

/** Somebody under 18 who reports for themselves. */
export const isYoung = (draft: Draft) =>
  (draft.isUnder18 === true || draft.concern === 'minor') && (draft.relation ?? 'self') === 'self'
const isBystander = (draft: Draft) => draft.relation === 'other'

/** Where each is asked: who has answered otherwise is not. */
export const isAsked: Record<Particular, (draft: Draft) => boolean> = {
  actsAs: draft => draft.relation === 'helper',
  personKnows: draft => draft.relation === 'helper' || draft.relation === 'guardian',
  guardianMayKnow: draft => isYoung(draft) && draft.isUnder18 === true,
  guardianIsSuspect: draft => isYoung(draft) && draft.isUnder18 === true,
  demand: draft => draft.concern === 'threat' && !isBystander(draft),
  deadline: draft => draft.concern === 'threat' && !isBystander(draft),
  hasPaid: draft => isAsked.demand(draft) && ['money', 'pictures'].includes(draft.particulars.demand ?? ''),
  isSpread: draft => draft.concern === 'threat',
  place: draft => draft.concern === 'hiddenCamera',
  mayStillFilm: draft => draft.concern === 'hiddenCamera',
  faceFrom: draft => draft.concern === 'deepfake' && !isBystander(draft),
  suspect: draft => !isBystander(draft) && draft.concern !== 'other' && draft.concern !== undefined,
}

/** What was answered on the way that was gone: an answer to what is no longer asked is not sent. */
export function answered(draft: Draft): Particulars {
  return Object.fromEntries(
    particulars
      .filter(key => draft.particulars[key] !== undefined && isAsked[key](draft))
      .map(key => [key, draft.particulars[key]]),
  )
}

/** The answer as the page has it. */
export function chosenOf(draft: Draft, key: Particular): string | undefined {
  const value = draft.particulars[key]
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}

/** The answer in words, or undefined where it was passed over. */
export function wordOfAnswer(draft: Draft, key: Particular): Key | undefined {
  return (options[key] as readonly Option[]).find(each => each.value === chosenOf(draft, key))?.word
}

/** The page of one of these questions. */
export function particularQuestion(key: Particular) {
  const offered: readonly Option[] = options[key]
  const isYesNo = offered.every(each => each.value === 'yes' || each.value === 'no')
  return function ParticularQuestion({ writing: { draft, change } }: QuestionProps) {
    const word = useWords(words)
    const chosen = chosenOf(draft, key)
    const advice = offered.find(each => each.value === chosen)?.advice
    return (
      <>
        <p id="hint" class="hint">
          {word(`${key}Hint`)}
        </p>
        <Choice
          name={key}
          labelledBy="question"
          describedBy="hint"
          options={offered.map(each => ({ value: each.value, label: word(each.word) }))}
          chosen={chosen}
          choose={value =>
            change({ particulars: { ...draft.particulars, [key]: isYesNo ? value === 'yes' : value } })
          }
        />
        <p role="status" class={advice === undefined ? 'unseen' : 'note'}>
          {advice === undefined ? '' : word(advice)}
        </p>
      </>
    )
  }
}
