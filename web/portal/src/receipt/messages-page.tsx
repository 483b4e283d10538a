import { isStopped, sentenceOf } from '@jikimi/shared/api.ts'
import { sayWhen } from '@jikimi/shared/words.ts'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { messageLengthMax, messages as ask, writeMessage, type Message } from '../api.ts'
import { Announcement, Field, WritingArea } from '../controls.tsx'
import { Heading } from '../frame.tsx'
import { useLanguage, useWords } from '../language.ts'
import { words as frameWords } from '../words.ts'
import type { AreaPageProps } from './receipt-area.tsx'
import { words } from './words.ts'

const fromWord = {
  reporter: 'fromReporter',
  officer: 'fromOfficer',
  counsellor: 'fromCounsellor',
} as const

// 20 pages of 50: far more than a conversation has. What lies beyond is reached by the button.
const pagesAtOnceMax = 20

export function MessagesPage(props: AreaPageProps) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  const language = useLanguage()
  const talk = useConversation(props.isOver)
  return (
    <>
      <div class="place">
        <button type="button" class="plain back" onClick={() => props.go('progress')}>
          {word('toProgress')}
        </button>
      </div>
      <Heading>{word('messages')}</Heading>
      <p class="hint">{word('messagesLead')}</p>
      {talk.fault !== undefined && (
        <div class="fault-box" role="alert">
          <p>{sentenceOf(talk.fault, language)}</p>
          <button type="button" class="second" onClick={() => void talk.more()}>
            {frameWord('again')}
          </button>
        </div>
      )}
      {talk.isAtStart && talk.fault === undefined && <p role="status">{frameWord('loading')}</p>}
      {!talk.isAtStart && talk.rows.length === 0 && <p class="hint">{word('messagesNone')}</p>}
      <ol class="messages">
        {talk.rows.map(each => (
          <li key={each.id} class={each.from === 'reporter' ? 'own' : 'theirs'}>
            <p class="hint">
              <strong>{word(fromWord[each.from])}</strong>{' '}
              <time dateTime={each.writtenAt}>{sayWhen(language, each.writtenAt)}</time>
            </p>
            <p class="text">{each.text}</p>
            {each.from === 'reporter' && each.readAt !== null && <p class="hint">{word('seen')}</p>}
          </li>
        ))}
      </ol>
      {talk.next !== null && !talk.isAtStart && (
        <button type="button" class="second" onClick={() => void talk.more()}>
          {word('more')}
        </button>
      )}
      <WriteMessage {...props} sent={talk.take} />
    </>
  )
}

/** The conversation as far as it is loaded, oldest first. */
function useConversation(isOver: AreaPageProps['isOver']) {
  const [rows, setRows] = useState<readonly Message[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [isAtStart, setAtStart] = useState(true)
  const [fault, setFault] = useState<unknown>()
  const join = (more: readonly Message[]) =>
    setRows(now => [...now.filter(each => more.every(other => other.id !== each.id)), ...more])

  const load = async (after: string | null, pagesMax: number, signal?: AbortSignal) => {
    setFault(undefined)
    try {
      let at = after
      for (let page = 0; page < pagesMax; page++) {
        const found = await ask(at ?? undefined, signal)
        join(found.rows)
        at = found.next
        setNext(at)
        setAtStart(false)
        if (at === null) return
      }
    } catch (error) {
      if (!isStopped(error) && !isOver(error)) setFault(error)
    }
  }
  const more = useCallback(() => load(next, 1), [next])
  const take = (message: Message) => {
    // What lies between must be there first, else the order is wrong.
    if (next === null) join([message])
    else void load(next, pagesAtOnceMax)
  }
  useEffect(() => {
    const stop = new AbortController()
    void load(null, 1, stop.signal)
    return () => stop.abort()
  }, [])
  return { rows, next, isAtStart, fault, more, take }
}

function WriteMessage({
  drafts,
  write,
  isOver,
  sent,
}: AreaPageProps & { readonly sent: (message: Message) => void }) {
  const word = useWords(words)
  const language = useLanguage()
  const [state, setState] = useState<'sending' | 'sent' | { readonly error: unknown }>()
  const area = useRef<HTMLTextAreaElement>(null)
  const send = async () => {
    const text = drafts.message.trim()
    if (state === 'sending') return
    if (text === '') {
      area.current?.focus()
      return
    }
    setState('sending')
    try {
      const message = await writeMessage(text)
      write({ message: '' })
      setState('sent')
      sent(message)
      area.current?.focus()
    } catch (error) {
      setState(isOver(error) ? undefined : { error })
    }
  }
  return (
    <form
      noValidate
      autocomplete="off"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <Field
        id="message"
        label={word('write')}
        fault={typeof state === 'object' ? sentenceOf(state.error, language) : undefined}
      >
        {ids => (
          <WritingArea
            ids={ids}
            area={area}
            rows={4}
            lengthMax={messageLengthMax}
            value={drafts.message}
            write={message => write({ message })}
          />
        )}
      </Field>
      <Announcement isShown={typeof state === 'string'}>
        {typeof state === 'string' && word(state)}
      </Announcement>
      <div class="onward">
        <button type="submit" class="main" aria-disabled={state === 'sending'}>
          {word('send')}
        </button>
      </div>
    </form>
  )
}
