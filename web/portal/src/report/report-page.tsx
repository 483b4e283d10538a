import { useEffect, useState } from 'preact/hooks'
import type { ReportReceived } from '../api.ts'
import type { Writing } from '../app.tsx'
import { Heading } from '../frame.tsx'
import { useWords } from '../language.ts'
import type { SealedFiling } from '../mailbox/held.ts'
import { warmUp } from '../mailbox/sealing.ts'
import { words as frameWords } from '../words.ts'
import { AddressesQuestion } from './addresses-question.tsx'
import { Check } from './check.tsx'
import { ConsentsQuestion } from './consents-question.tsx'
import { ContactQuestion } from './contact-question.tsx'
import { lacksContact, stepsOf, without, type Question } from './draft.ts'
import { FilesQuestion } from './files-question.tsx'
import { words as particularWords } from './particular-words.ts'
import { options, particularQuestion, particulars, type Particular } from './particulars.tsx'
import { AgeQuestion, ConcernQuestion, RelationQuestion, StoryQuestion, WomanQuestion } from './questions.tsx'
import { RegionQuestion } from './region-question.tsx'
import { WordQuestion } from './word-question.tsx'
import { words } from './words.ts'

interface ReportPageProps {
  readonly writing: Writing
  readonly home: () => void
  readonly received: (answer: ReportReceived, filing: SealedFiling) => void
}

type PlainQuestion = Exclude<Question, Particular>

export interface QuestionProps {
  readonly writing: Writing
  /** Says that the answer is not complete, once the person has tried to go on. */
  readonly isFaulty: boolean
}

const particularPages = Object.fromEntries(
  particulars.map(each => [each, particularQuestion(each)]),
) as unknown as Record<Particular, (props: QuestionProps) => unknown>

const pages: Record<Question, (props: QuestionProps) => unknown> = {
  ...particularPages,
  concern: ConcernQuestion,
  relation: RelationQuestion,
  age: AgeQuestion,
  story: StoryQuestion,
  addresses: AddressesQuestion,
  files: FilesQuestion,
  consents: ConsentsQuestion,
  contact: ContactQuestion,
  word: WordQuestion,
  woman: WomanQuestion,
  region: RegionQuestion,
}

/** One question a page; anything may be skipped; back loses nothing. */
export function ReportPage({ writing, home, received }: ReportPageProps) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  const sayParticular = useWords(particularWords)
  const [isFaulty, setFaulty] = useState(false)
  // Who came here from the overview to change one answer goes back to it.
  const [isChanging, setChanging] = useState(false)
  const { draft, step, go } = writing
  useEffect(warmUp, [])
  const steps = stepsOf(draft)
  const at = steps.indexOf(step)

  const move = (to: number) => {
    setFaulty(false)
    setChanging(false)
    const next = isChanging ? 'check' : steps[to]
    if (next === undefined) home()
    else go(next)
  }
  const next = (event: Event) => {
    event.preventDefault()
    if (step === 'contact' && lacksContact(draft)) setFaulty(true)
    else move(at + 1)
  }
  const skip = (question: Question) => {
    writing.change(without(question, draft))
    move(at + 1)
  }

  const place = (
    <div class="place">
      <button type="button" class="plain back" onClick={() => move(at - 1)}>
        {frameWord('back')}
      </button>
      <p>{word('place', { step: at + 1, total: steps.length })}</p>
      <progress aria-hidden="true" value={at + 1} max={steps.length} />
    </div>
  )
  if (step === 'check') {
    const change = (question: Question) => {
      setChanging(true)
      go(question)
    }
    return (
      <>
        {place}
        <Check writing={writing} change={change} received={received} />
      </>
    )
  }
  const Page = pages[step] as (props: QuestionProps) => preact.JSX.Element
  return (
    <form key={step} noValidate onSubmit={next} autocomplete="off">
      {place}
      <Heading id="question">
        {step in options ? sayParticular(step as Particular) : word(step as PlainQuestion)}
      </Heading>
      <Page writing={writing} isFaulty={isFaulty} />
      <div class="onward">
        <button type="submit" class="main">
          {isChanging ? word('toCheck') : word('next')}
        </button>
        {step !== 'files' && (
          <button type="button" class="plain" onClick={() => skip(step)}>
            {word('skip')}
          </button>
        )}
      </div>
    </form>
  )
}
