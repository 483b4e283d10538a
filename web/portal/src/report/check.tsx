import { newIdempotencyKey, Problem, sentenceOf } from '@jikimi/shared/api.ts'
import type { ComponentChildren } from 'preact'
import type { Values } from '@jikimi/shared/words.ts'
import { useRef, useState } from 'preact/hooks'
import { addressesMax, fileReport, purposes, type ReportReceived } from '../api.ts'
import type { Writing } from '../app.tsx'
import { Heading } from '../frame.tsx'
import { useLanguage, useWords } from '../language.ts'
import { sealFiling, type SealedFiling } from '../mailbox/held.ts'
import { wayWord } from './contact-question.tsx'
import { addressesIn, formOf, lacksContact, stepsOf, type Draft, type Question } from './draft.ts'
import { isOver } from './files-question.tsx'
import { words as consentWords } from '../consent-words.ts'
import { words as particularWords } from './particular-words.ts'
import { options, wordOfAnswer, type Particular } from './particulars.tsx'
import { wordOf } from './questions.tsx'
import { useAgencies } from './region-question.tsx'
import { words } from './words.ts'

type PlainQuestion = Exclude<Question, Particular>

interface CheckProps {
  readonly writing: Writing
  readonly change: (question: Question) => void
  readonly received: (answer: ReportReceived, filing: SealedFiling) => void
}

const whatWord = {
  concern: 'whatConcern',
  relation: 'whatRelation',
  age: 'whatAge',
  story: 'whatStory',
  addresses: 'whatAddresses',
  files: 'whatFiles',
  consents: 'whatConsents',
  contact: 'whatContact',
  word: 'whatWord',
  woman: 'whatWoman',
  region: 'whatRegion',
} as const satisfies Record<PlainQuestion, string>

/** All answers on one page, each a step away from being changed; then it is sent. */
export function Check({ writing, change, received }: CheckProps) {
  const word = useWords(words)
  const what = useWhat()
  const { draft, files } = writing
  const sending = useSending(writing, received)
  const over = files.filter(isOver).length
  const isWaiting = over < files.length
  const mayNotSend = isWaiting || sending.isBusy
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (lacksContact(draft)) change('contact')
        else if (!mayNotSend) void sending.send(draft.key)
      }}
    >
      <Heading>{word('check')}</Heading>
      <p class="hint">{word('checkHint')}</p>
      <dl class="answers">
        {stepsOf(draft).map(step => {
          if (step === 'check') return null
          return (
            <div key={step}>
              <dt>{what(step)}</dt>
              <dd>
                <Answer question={step} writing={writing} />
              </dd>
              <dd class="change">
                <button
                  type="button"
                  class="plain"
                  aria-label={word('changeNamed', { what: what(step) })}
                  onClick={() => change(step)}
                >
                  {word('change')}
                </button>
              </dd>
            </div>
          )
        })}
      </dl>
      {sending.fault !== undefined && <SendingFault {...sending} fault={sending.fault} />}
      <p role="status" class={mayNotSend ? 'note' : 'unseen'}>
        {sending.isBusy && word('sending')}
        {isWaiting && word('stillWorking', { done: over, total: files.length })}
      </p>
      <div class="onward">
        <button type="submit" class="main" aria-disabled={mayNotSend}>
          {word(sending.fault === undefined ? 'send' : 'sendAgain')}
        </button>
      </div>
    </form>
  )
}

/** What a question is about, in a word or as it was asked. */
function useWhat(): (question: Question) => string {
  const word = useWords(words)
  const particular = useWords(particularWords)
  return question => (isParticular(question) ? particular(question) : word(whatWord[question]))
}

function isParticular(question: Question): question is Particular {
  return question in options
}

interface Sending {
  readonly isBusy: boolean
  readonly fault: unknown
  readonly send: (key: string) => Promise<void>
  readonly sendAsNew: () => void
}

/** Sends once, whatever is pressed; on a failure all stays as it is, under the same key. */
function useSending(writing: Writing, received: CheckProps['received']): Sending {
  const language = useLanguage()
  const isUnderWay = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const send = async (key: string) => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    setBusy(true)
    setFault(undefined)
    const made = writing.files.flatMap(({ state }) => (state.at === 'done' ? [state.fingerprint] : []))
    const said = formOf(writing.draft, made, language)
    const of = JSON.stringify([key, said, writing.draft.word])
    try {
      const kept = writing.sealed.current
      const filing = kept?.of === of ? kept : await sealFiling(said, writing.draft.word, of)
      writing.sealed.current = filing
      received(await fileReport(filing.form, key), filing)
    } catch (error) {
      setFault(error)
      setBusy(false)
    } finally {
      isUnderWay.current = false
    }
  }
  const sendAsNew = () => {
    const key = newIdempotencyKey()
    writing.change({ key })
    void send(key)
  }
  return { isBusy, fault, send, sendAsNew }
}

function SendingFault({ fault, sendAsNew }: Sending) {
  const word = useWords(words)
  const language = useLanguage()
  const isKeyReused = fault instanceof Problem && fault.code === 'intake.keyReused'
  return (
    <div class="fault-box" role="alert">
      <p>{sentenceOf(fault, language)}</p>
      <p>{word('kept')}</p>
      {isKeyReused && (
        <button type="button" class="second" onClick={sendAsNew}>
          {word('sendAsNew')}
        </button>
      )}
    </div>
  )
}

type Say = (key: keyof (typeof words)['ko'], values?: Values) => string

/** What was answered, in words; nothing where the question was passed over. */
const answers: Record<
  Exclude<PlainQuestion, 'region' | 'consents'>,
  (writing: Writing, word: Say) => ComponentChildren
> = {
  concern: ({ draft }, word) => draft.concern && word(wordOf.concern[draft.concern]),
  relation: ({ draft }, word) => draft.relation && word(wordOf.relation[draft.relation]),
  age: ({ draft }, word) =>
    typeof draft.isUnder18 === 'boolean' && word(draft.isUnder18 ? 'ageYes' : 'ageNo'),
  story: ({ draft }) => draft.story.trim(),
  addresses: ({ draft }) => addressesIn(draft.addresses).slice(0, addressesMax).join('\n'),
  files: ({ files }, word) => {
    const failed = files.filter(each => each.state.at === 'failed').length
    return (
      files.length > 0 && (
        <>
          {word('filesReady', { count: files.filter(isOver).length - failed })}
          {failed > 0 && <span class="hint">{word('filesFailed', { count: failed })}</span>}
        </>
      )
    )
  },
  contact: ({ draft }, word) => draft.way && contactText(word(wayWord[draft.way]), draft),
  word: ({ draft }, word) => draft.word.trim() !== '' && word('wordChosen'),
  woman: ({ draft }, word) =>
    draft.wantsWoman !== undefined && word(draft.wantsWoman ? 'womanYes' : 'womanNo'),
}

function Answer({ question, writing }: { readonly question: Question; readonly writing: Writing }) {
  const word = useWords(words)
  const language = useLanguage()
  const [agencies] = useAgencies()
  const particular = useWords(particularWords)
  const consent = useWords(consentWords)
  const region = agencies?.find(each => each.code === writing.draft.region)?.[language]
  const answerOf = (): ComponentChildren => {
    if (question === 'region') return region
    if (question === 'consents')
      return purposes
        .filter(each => formOf(writing.draft, [], language).consents?.[each] === true)
        .map(each => consent(each))
        .join(', ')
    if (!isParticular(question)) return answers[question](writing, word)
    const said = wordOfAnswer(writing.draft, question)
    return said && particular(said)
  }
  const answer = answerOf()
  if (!answer) return <span class="unsaid">{word('unsaid')}</span>
  return <span class={question === 'addresses' ? 'text code' : 'text'}>{answer}</span>
}

function contactText(way: string, draft: Draft): string {
  if (draft.way === 'receiptOnly') return way
  return [`${way}: ${draft.contact.trim()}`, draft.note.trim()].filter(Boolean).join('\n')
}
