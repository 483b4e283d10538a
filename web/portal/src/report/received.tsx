import type { ReportReceived } from '../api.ts'
import { Heading } from '../frame.tsx'
import { useWords } from '../language.ts'
import { ReceiptNumber } from '../receipt-number.tsx'
import { words } from './words.ts'

interface ReceivedProps {
  readonly receipt: string
  readonly answer: ReportReceived
  /** The addresses as they were sent, to name those that could not be read. */
  readonly sent: readonly string[]
  readonly done: () => void
}

/** The receipt, shown this once. */
export function Received({ receipt, answer, sent, done }: ReceivedProps) {
  const word = useWords(words)
  const refused = answer.refusedAddresses.flatMap(({ index }) => sent[index] ?? [])
  return (
    <>
      <Heading>{word('received')}</Heading>
      <p class="lead">{word('receivedLead')}</p>
      <ReceiptNumber receipt={receipt} />
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
