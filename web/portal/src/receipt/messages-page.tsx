import { isStopped, sentenceOf } from '@jikimi/shared/api.ts'
import { sayWhen } from '@jikimi/shared/words.ts'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { messageLengthMax, messages as ask, type Message } from '../api.ts'
import { Announcement, Field, WritingArea } from '../controls.tsx'
import { Heading } from '../frame.tsx'
import { useLanguage, useWords } from '../language.ts'
import { newMessageKey, textOf, write as writeSealed, type Held } from '../mailbox/held.ts'
import { words as frameWords } from '../words.ts'
import type { AreaPageProps } from './receipt-area.tsx'
import { SecondWord } from './second-word.tsx'
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
  const texts = useTexts(props.held, talk.rows)
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
      {talk.rows.some(each => each.from === 'reporter') && <SecondWord {...props} />}
      <ol class="messages">
        {talk.rows.map(each => (
          <li key={each.id} class={each.from === 'reporter' ? 'own' : 'theirs'}>
            <p class="hint">
              <strong>{word(fromWord[each.from])}</strong>{' '}
              <time dateTime={each.writtenAt}>{sayWhen(language, each.writtenAt)}</time>
            </p>
            <Text text={texts.get(each.id)} isCovered={isCovered(props.held, each)} />
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

const isCovered = (held: Held, message: Message) =>
  message.letter !== null && message.from === 'reporter' && held.own === undefined

function Text({
  text,
  isCovered,
}: {
  readonly text: string | null | undefined
  readonly isCovered: boolean
}) {
  const word = useWords(words)
  const frameWord = useWords(frameWords)
  if (isCovered) return <p class="hint">{word('coveredMessage')}</p>
  if (text === undefined) return <p class="hint">{frameWord('loading')}</p>
  return text === null ? <p class="hint">{word('shutMessage')}</p> : <p class="text">{text}</p>
}

/** The messages in the clear, as they are opened: null where one does not open. */
function useTexts(held: Held, rows: readonly Message[]): ReadonlyMap<string, string | null> {
  const [texts, setTexts] = useState<ReadonlyMap<string, string | null>>(new Map())
  useEffect(() => {
    let isGone = false
    const shut = rows.filter(each => !texts.has(each.id) && !isCovered(held, each))
    for (const message of shut) {
      void textOf(held, message).then(text => {
        if (!isGone && text !== undefined) setTexts(now => new Map(now).set(message.id, text))
      })
    }
    return () => void (isGone = true)
  }, [rows, held.own])
  return texts
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
  held,
  drafts,
  write,
  isOver,
  sent,
}: AreaPageProps & { readonly sent: (message: Message) => void }) {
  const word = useWords(words)
  const language = useLanguage()
  const [state, setState] = useState<'sending' | 'sent' | { readonly error: unknown }>()
  const area = useRef<HTMLTextAreaElement>(null)
  // The same words sent again are the same message.
  const key = useRef({ of: '', key: '' })
  const send = async () => {
    const text = drafts.message.trim()
    if (state === 'sending') return
    if (text === '') {
      area.current?.focus()
      return
    }
    setState('sending')
    try {
      if (key.current.of !== text) key.current = { of: text, key: newMessageKey() }
      const message = await writeSealed(held, text, key.current.key)
      key.current = { of: '', key: '' }
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
