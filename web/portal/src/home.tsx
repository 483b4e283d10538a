import { Heading } from './frame.tsx'
import { useWords } from './language.ts'
import { words } from './words.ts'

const promises = ['promiseName', 'promiseSkip', 'promiseFiles', 'promiseLeave', 'promiseTrace'] as const

interface HomeProps {
  readonly report: () => void
  readonly receipt: () => void
}

export function Home({ report, receipt }: HomeProps) {
  const word = useWords(words)
  return (
    <>
      <Heading>{word('homeTitle')}</Heading>
      <p class="lead">{word('homeLead')}</p>
      <div class="choices-of-way">
        <button type="button" class="main" onClick={report}>
          {word('report')}
        </button>
        <button type="button" class="second" onClick={receipt}>
          {word('haveReceipt')}
        </button>
      </div>
      <ul class="promises">
        {promises.map(each => (
          <li key={each}>{word(each)}</li>
        ))}
      </ul>
    </>
  )
}
