import { preferred, type Language } from '@jikimi/shared/words.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { askIn, closeReceipt, type ReportReceived } from './api.ts'
import type { ChosenFile, Queue } from './fingerprint/queue.ts'
import { openQueue } from './fingerprint/queue.ts'
import { Frame } from './frame.tsx'
import { Home } from './home.tsx'
import { LanguageContext } from './language.ts'
import { onLeave } from './leave.ts'
import type { Held, SealedFiling } from './mailbox/held.ts'
import { ReceiptArea } from './receipt/receipt-area.tsx'
import { isTouched, newDraft, type Draft, type Step } from './report/draft.ts'
import { Received } from './report/received.tsx'
import { ReportPage } from './report/report-page.tsx'
import { words } from './words.ts'

type Place =
  | { readonly at: 'home' }
  | { readonly at: 'report' }
  | { readonly at: 'received'; readonly answer: ReportReceived; readonly filing: SealedFiling }
  | { readonly at: 'receipt'; readonly held: Held | undefined }

/** The report as it is being written, with the files that are being read beside it. */
export interface Writing {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  readonly step: Step
  readonly go: (step: Step) => void
  readonly queue: Queue
  readonly files: readonly ChosenFile[]
  /** The form as it was last sealed: sent again, it must be the same to the last bit. */
  readonly sealed: { current: SealedFiling | undefined }
}

export function App({ browserLanguages }: { readonly browserLanguages: readonly string[] }) {
  const [language, setLanguage] = useState<Language>(() => preferred(browserLanguages))
  const [place, setPlace] = useState<Place>({ at: 'home' })
  const [writing, forget] = useWriting()

  askIn(language)
  useEffect(() => {
    document.documentElement.lang = language
    document.title = words[language].title
  }, [language])
  const mayLose = place.at === 'received' || isTouched(writing.draft) || writing.files.length > 0
  useWarningBeforeLoss(mayLose)
  // A report leaves the session of its receipt open; leaving closes it.
  const mayBeOpen = place.at === 'received' || place.at === 'receipt'
  useEffect(() => (mayBeOpen ? onLeave(() => void closeReceipt().catch(() => {})) : undefined), [mayBeOpen])

  return (
    <LanguageContext.Provider value={language}>
      <Frame language={language} choose={setLanguage}>
        {place.at === 'home' && (
          <Home
            report={() => setPlace({ at: 'report' })}
            receipt={() => setPlace({ at: 'receipt', held: undefined })}
          />
        )}
        {place.at === 'report' && (
          <ReportPage
            writing={writing}
            home={() => setPlace({ at: 'home' })}
            received={(answer, filing) => {
              forget()
              setPlace({ at: 'received', answer, filing })
            }}
          />
        )}
        {place.at === 'received' && (
          <Received
            receipt={place.filing.held.receipt}
            answer={place.answer}
            sent={place.filing.form.addresses}
            done={() => setPlace({ at: 'receipt', held: { ...place.filing.held, isFirstReturn: true } })}
          />
        )}
        {place.at === 'receipt' && <ReceiptArea held={place.held} home={() => setPlace({ at: 'home' })} />}
      </Frame>
    </LanguageContext.Provider>
  )
}

function useWriting(): readonly [Writing, () => void] {
  const [draft, setDraft] = useState(newDraft)
  const [step, go] = useState<Step>('concern')
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const [queue] = useState(() => {
    const made: Queue = openQueue(() => setFiles(made.files()))
    return made
  })
  const sealed = useRef<SealedFiling>()
  useEffect(() => onLeave(() => queue.stop()), [queue])
  const change = (part: Partial<Draft>) => setDraft(now => ({ ...now, ...part }))
  const forget = () => {
    queue.stop()
    sealed.current = undefined
    setFiles([])
    setDraft(newDraft())
    go('concern')
  }
  return [{ draft, change, step, go, queue, files, sealed }, forget]
}

/** The browser asks before a wrong touch throws away what was written; leaving by the button asks nothing. */
function useWarningBeforeLoss(mayLose: boolean): void {
  useEffect(() => {
    if (!mayLose) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    const stop = () => removeEventListener('beforeunload', warn)
    const takeBack = onLeave(stop)
    return () => {
      stop()
      takeBack()
    }
  }, [mayLose])
}
