import { useState } from 'preact/hooks'
import type { ReportReceived } from '../api.ts'
import { Announcement } from '../controls.tsx'
import { Heading } from '../frame.tsx'
import { useWords } from '../language.ts'
import { words } from './words.ts'

interface ReceivedProps {
  readonly answer: ReportReceived
  /** The addresses as they were sent, to name those that could not be read. */
  readonly sent: readonly string[]
  readonly done: () => void
}

/** The receipt, shown this once. */
export function Received({ answer, sent, done }: ReceivedProps) {
  const word = useWords(words)
  const groups = answer.receipt.match(/.{1,4}/g) ?? []
  const refused = answer.refusedAddresses.flatMap(({ index }) => sent[index] ?? [])
  return (
    <>
      <Heading>{word('received')}</Heading>
      <p class="lead">{word('receivedLead')}</p>
      <p class="receipt">
        <span class="unseen">{word('receiptLabel')}: </span>
        {groups.map((group, i) => (
          <span key={i}>{group} </span>
        ))}
      </p>
      <Keeping text={groups.join(' ')} />
      <p>{word('receiptWhy')}</p>
      <h2>{word('nextTitle')}</h2>
      <ol class="what-next">
        <li>{word('nextOne')}</li>
        <li>{word('nextTwo')}</li>
        <li>{word('nextThree')}</li>
      </ol>
      {refused.length > 0 && (
        <section class="note">
          <h2>{word('refusedTitle')}</h2>
          <p>{word('refusedLead')}</p>
          <ul class="code">
            {refused.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <div class="onward">
        <button type="button" class="main" onClick={done}>
          {word('written')}
        </button>
      </div>
    </>
  )
}

/** Two ways to keep the number, if the person wants them: both leave the digits alone, no word of what they are. */
function Keeping({ text }: { readonly text: string }) {
  const word = useWords(words)
  const [told, setTold] = useState<'copied' | 'notCopied' | undefined>()
  const copy = () =>
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setTold('copied'),
      () => setTold('notCopied'),
    )
  const save = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${word('receiptName')}.txt`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <>
      <div class="keeping">
        <button type="button" class="second" onClick={() => void copy()}>
          {word('copy')}
        </button>
        <button type="button" class="second" aria-describedby="save-hint" onClick={save}>
          {word('save')}
        </button>
      </div>
      <p id="save-hint" class="hint">
        {word('saveHint')}
      </p>
      <Announcement isShown={told !== undefined}>{told && word(told)}</Announcement>
    </>
  )
}
