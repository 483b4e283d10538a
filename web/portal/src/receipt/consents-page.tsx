import { isStopped, sentenceOf } from '@jikimi/shared/api.ts'
import { sayWhen } from '@jikimi/shared/words.ts'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ownConsents, switchConsent, type OwnConsents, type Purpose } from '../api.ts'
import { meaningOf, words } from '../consent-words.ts'
import { Announcement, Switch } from '../controls.tsx'
import { Heading } from '../frame.tsx'
import { useLanguage, useWords } from '../language.ts'
import { words as frameWords } from '../words.ts'
import type { AreaPageProps } from './receipt-area.tsx'

/** What one consents to: on and off at any time, and whether a withdrawal is done. */
export function ConsentsPage(props: AreaPageProps) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  const language = useLanguage()
  const { consents, fault, load, turn, busy, isChanged } = useConsents(props)
  const [isSure, setSure] = useState(false)
  const isCovered = props.held.own === undefined
  const choose = (purpose: Purpose, isOn: boolean) => {
    if (purpose === 'removal' && !isOn) setSure(true)
    else void turn(purpose, isOn)
  }
  return (
    <>
      <Heading>{word('title')}</Heading>
      <p>{word('lead')}</p>
      {fault !== undefined && (
        <div class="fault-box" role="alert">
          <p>{sentenceOf(fault, language)}</p>
          <button type="button" class="second" onClick={() => void load()}>
            {frameWord('again')}
          </button>
        </div>
      )}
      {consents === undefined && fault === undefined && <p role="status">{frameWord('loading')}</p>}
      {consents?.maySwitch === false && <p class="note">{word('notYours')}</p>}
      {consents?.maySwitch === true && isCovered && <p class="note">{word('covered')}</p>}
      {consents?.maySwitch === true && (
        <div class="switches">
          {consents.rows.map(each => (
            <Switch
              key={each.purpose}
              id={`consent-${each.purpose}`}
              label={word(each.purpose)}
              hint={word(meaningOf(each.purpose, each.isByLaw))}
              isOn={each.isByLaw || each.isGiven === true}
              isFixed={each.isByLaw || isCovered || busy !== undefined}
              turn={isOn => choose(each.purpose, isOn)}
              state={stateOf(each, word, language)}
            />
          ))}
        </div>
      )}
      {isSure && (
        <Sure
          stop={() => {
            setSure(false)
            void turn('removal', false)
          }}
          keep={() => setSure(false)}
        />
      )}
      <Announcement>{isChanged && word('changed')}</Announcement>
      <div class="onward">
        <button type="button" class="main" onClick={() => props.go('progress')}>
          {word('toProgress')}
        </button>
      </div>
    </>
  )
}

/** Asks once more before the removal stops: a slip of the finger must not let it stand. */
function Sure({ stop, keep }: { readonly stop: () => void; readonly keep: () => void }) {
  const word = useWords(words)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section class="note">
      <h2 ref={heading} tabIndex={-1}>
        {word('sureTitle')}
      </h2>
      <p>{word('sureText')}</p>
      <div class="keeping">
        <button type="button" class="second" onClick={keep}>
          {word('sureKeep')}
        </button>
        <button type="button" class="second" onClick={stop}>
          {word('sureStop')}
        </button>
      </div>
    </section>
  )
}

type Say = (key: keyof (typeof words)['ko'], values?: Record<string, string>) => string

function stateOf(each: OwnConsents['rows'][number], word: Say, language: 'ko' | 'en'): string {
  if (each.isByLaw) return ''
  if (each.isGiven === null) return word('unsaid')
  const since = each.saidAt === null ? '' : ` · ${word('since', { when: sayWhen(language, each.saidAt) })}`
  const stopped = each.stopped === 'nothing' ? '' : ` ${word(each.stopped)}`
  return `${word(each.isGiven ? 'on' : 'off')}${since}.${stopped}`
}

// While something is being stopped the page asks again by itself.
const askAgainMs = 20_000

function useConsents({ isOver }: AreaPageProps) {
  const [consents, setConsents] = useState<OwnConsents>()
  const [fault, setFault] = useState<unknown>()
  const [busy, setBusy] = useState<Purpose>()
  const [isChanged, setChanged] = useState(false)
  const failed = (error: unknown) => {
    if (!isStopped(error) && !isOver(error)) setFault(error)
  }
  const load = useCallback(async (signal?: AbortSignal) => {
    try {
      setConsents(await ownConsents(signal))
      setFault(undefined)
    } catch (error) {
      failed(error)
    }
  }, [])
  const isStopping = consents?.rows.some(each => each.stopped === 'underWay') === true
  useEffect(() => {
    const stop = new AbortController()
    void load(stop.signal)
    return () => stop.abort()
  }, [])
  useEffect(() => {
    if (!isStopping) return undefined
    const timer = setInterval(() => void load(), askAgainMs)
    return () => clearInterval(timer)
  }, [isStopping])
  const turn = async (purpose: Purpose, isOn: boolean) => {
    if (busy !== undefined) return
    setBusy(purpose)
    setChanged(false)
    try {
      await switchConsent(purpose, isOn)
      await load()
      setChanged(true)
    } catch (error) {
      failed(error)
    } finally {
      setBusy(undefined)
    }
  }
  return { consents, fault, load, turn, busy, isChanged }
}
