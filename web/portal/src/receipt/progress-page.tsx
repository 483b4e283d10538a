import { isStopped, sentenceOf } from '@jikimi/shared/api.ts'
import { sayWhen } from '@jikimi/shared/words.ts'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { progress as ask, type AddressProgress, type AddressStep, type Progress } from '../api.ts'
import { Announcement } from '../controls.tsx'
import { Heading } from '../frame.tsx'
import { useLanguage, useWords } from '../language.ts'
import { words as consentWords } from '../consent-words.ts'
import { words as frameWords } from '../words.ts'
import { ReceiptNumber } from '../receipt-number.tsx'
import { AddAddresses } from './add-addresses.tsx'
import { ReadersTold } from './readers-told.tsx'
import type { AreaPageProps } from './receipt-area.tsx'
import { SecondWord } from './second-word.tsx'
import { steps, words } from './words.ts'

const stateWord = { received: 'stateReceived', working: 'stateWorking', closed: 'stateClosed' } as const

export function ProgressPage(props: AreaPageProps & { readonly close: () => void }) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  const consentWord = useWords(consentWords)
  const language = useLanguage()
  const { held } = props
  const { progress, fault, load, isFresh } = useProgress(props.isOver, held.own === undefined)
  return (
    <>
      <Heading>{word('title')}</Heading>
      {held.isFirstReturn && <ShownAgain {...props} />}
      {fault !== undefined && (
        <div class="fault-box" role="alert">
          <p>{sentenceOf(fault, language)}</p>
          <button type="button" class="second" onClick={() => void load()}>
            {frameWord('again')}
          </button>
        </div>
      )}
      {progress === undefined && fault === undefined && <p role="status">{frameWord('loading')}</p>}
      {progress !== undefined && (
        <>
          <Summary progress={progress} />
          <div class="keeping">
            <button type="button" class="second" onClick={() => props.go('messages')}>
              {progress.unread > 0 ? word('messagesUnread', { count: progress.unread }) : word('messages')}
            </button>
            <button type="button" class="second" onClick={() => props.go('consents')}>
              {consentWord('title')}
            </button>
            <button type="button" class="second" onClick={() => void load()}>
              {word('refresh')}
            </button>
          </div>
          <Announcement>{isFresh && word('refreshed')}</Announcement>
          <SecondWord {...props} />
          <h2>{word('addressesTitle')}</h2>
          {progress.addresses.length === 0 && <p class="hint">{word('addressesNone')}</p>}
          <ul class="addresses">
            {progress.addresses.map((each, index) => (
              <Address key={each.address} address={each} number={index + 1} />
            ))}
          </ul>
          <ReadersTold isOver={props.isOver} />
          <AddAddresses {...props} added={() => void load()} />
        </>
      )}
      <div class="onward">
        <button type="button" class="main" onClick={props.close}>
          {word('close')}
        </button>
        <p class="hint">{word('closeHint')}</p>
      </div>
    </>
  )
}

/** Once more, since people click past it: who has not written it down would never get in again. */
function ShownAgain({ held, hold }: AreaPageProps) {
  const word = useWords(words)
  return (
    <section class="note">
      <h2>{word('againTitle')}</h2>
      <p>{word('againLead')}</p>
      <ReceiptNumber receipt={held.receipt} />
      <button type="button" class="second" onClick={() => hold({ ...held, isFirstReturn: false })}>
        {word('againKept')}
      </button>
    </section>
  )
}

/** Loads anew when what was covered is shown. */
function useProgress(isOver: AreaPageProps['isOver'], isCovered: boolean) {
  const [progress, setProgress] = useState<Progress>()
  const [fault, setFault] = useState<unknown>()
  const [isFresh, setFresh] = useState(false)
  const load = useCallback(async (signal?: AbortSignal) => {
    setFresh(false)
    try {
      setProgress(await ask(signal))
      setFault(undefined)
      setFresh(signal === undefined)
    } catch (error) {
      if (!isStopped(error) && !isOver(error)) setFault(error)
    }
  }, [])
  useEffect(() => {
    const stop = new AbortController()
    void load(stop.signal)
    return () => stop.abort()
  }, [isCovered])
  return { progress, fault, load, isFresh }
}

function Summary({ progress }: { readonly progress: Progress }) {
  const word = useWords(words)
  const language = useLanguage()
  const { officer } = progress
  return (
    <div class="summary">
      <p>
        <strong>{word(stateWord[progress.caseState])}</strong>
      </p>
      {officer !== null && <p>{word(officer.isWoman ? 'officerWoman' : 'officerSet')}</p>}
      <p class="hint">{word('filedAt', { when: sayWhen(language, progress.filedAt) })}</p>
    </div>
  )
}

// How it stands, for the colour beside the words: gone, under way, or in need of patience.
const moods: Record<AddressStep, 'good' | 'going' | 'slow'> = {
  received: 'going',
  captured: 'going',
  recognised: 'going',
  underReview: 'going',
  notYours: 'slow',
  requested: 'going',
  answered: 'going',
  refusedByHost: 'slow',
  removed: 'good',
  verified: 'good',
  blocked: 'good',
  unblocked: 'slow',
  returned: 'slow',
  unreachable: 'slow',
  stopped: 'slow',
}

function Address({ address, number }: { readonly address: AddressProgress; readonly number: number }) {
  const word = useWords(words)
  const step = useWords(steps)
  const language = useLanguage()
  const earlier = address.steps.toReversed()
  return (
    <li class={`mood-${moods[address.now]}`}>
      {address.canonical === null ? (
        <p class="address">{word('coveredAddress', { number })}</p>
      ) : (
        <p class="address code">{shown(address.canonical)}</p>
      )}
      {address.source === 'found' && <p class="hint">{word('found')}</p>}
      <p class="now">{step(address.now)}</p>
      <p>{step(`${address.now}Means`)}</p>
      {earlier.length > 0 && (
        <details>
          <summary>{word('history')}</summary>
          <ol>
            {earlier.map(each => (
              <li key={`${each.step} ${each.at}`}>
                <span>{step(each.step)}</span>
                <time dateTime={each.at}>{sayWhen(language, each.at)}</time>
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  )
}

/** An address as text, never a link: nobody should get there by a slip of the finger. */
function shown(canonical: string): string {
  return canonical.replace(/^https?:\/\//, '')
}
