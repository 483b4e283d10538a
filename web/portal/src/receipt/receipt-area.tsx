import { isSignedOut } from '@jikimi/shared/api.ts'
import { useState } from 'preact/hooks'
import { closeReceipt } from '../api.ts'
import { Entry } from './entry.tsx'
import { MessagesPage } from './messages-page.tsx'
import { ProgressPage } from './progress-page.tsx'

interface ReceiptAreaProps {
  /** Whether the session is there already: just after a report it is. */
  readonly isOpen: boolean
  readonly home: () => void
}

/** What is being written here. It lives above the pages, so that a session that ends takes nothing with it. */
export interface Drafts {
  readonly message: string
  readonly addresses: string
}

export interface AreaPageProps {
  readonly drafts: Drafts
  readonly write: (part: Partial<Drafts>) => void
  /** Takes a failure: true where the session is over and the receipt is asked for again. */
  readonly isOver: (error: unknown) => boolean
  readonly go: (view: View) => void
}
export type View = 'progress' | 'messages'

export function ReceiptArea({ isOpen: isOpenAtFirst, home }: ReceiptAreaProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  const [wasOpen, setWasOpen] = useState(isOpenAtFirst)
  const [view, go] = useState<View>('progress')
  const [drafts, setDrafts] = useState<Drafts>({ message: '', addresses: '' })

  const close = () => {
    void closeReceipt().catch(() => {}) // It ends by itself too, after two hours.
    home()
  }
  if (!isOpen) {
    const opened = () => {
      setOpen(true)
      setWasOpen(true)
    }
    return <Entry isAgain={wasOpen} opened={opened} back={home} />
  }
  const page: AreaPageProps = {
    drafts,
    write: part => setDrafts(now => ({ ...now, ...part })),
    isOver: error => {
      if (!isSignedOut(error)) return false
      setOpen(false)
      return true
    },
    go,
  }
  return view === 'messages' ? <MessagesPage {...page} /> : <ProgressPage {...page} close={close} />
}
