import { isSignedOut } from '@jikimi/shared/api.ts'
import { useState } from 'preact/hooks'
import { closeReceipt } from '../api.ts'
import type { Held } from '../mailbox/held.ts'
import { ConsentsPage } from './consents-page.tsx'
import { Entry } from './entry.tsx'
import { MessagesPage } from './messages-page.tsx'
import { ProgressPage } from './progress-page.tsx'

interface ReceiptAreaProps {
  /** Just after a report it is there already. */
  readonly held: Held | undefined
  readonly home: () => void
}

/** What is being written here. It lives above the pages, so that a session that ends takes nothing with it. */
export interface Drafts {
  readonly message: string
  readonly addresses: string
}

export interface AreaPageProps {
  readonly held: Held
  readonly hold: (held: Held) => void
  readonly drafts: Drafts
  readonly write: (part: Partial<Drafts>) => void
  /** Takes a failure: true where the session is over and the receipt is asked for again. */
  readonly isOver: (error: unknown) => boolean
  readonly go: (view: View) => void
}
export type View = 'progress' | 'messages' | 'consents'

export function ReceiptArea({ held: heldAtFirst, home }: ReceiptAreaProps) {
  const [held, hold] = useState(heldAtFirst)
  const [wasOpen, setWasOpen] = useState(heldAtFirst !== undefined)
  const [view, go] = useState<View>('progress')
  const [drafts, setDrafts] = useState<Drafts>({ message: '', addresses: '' })

  const close = () => {
    void closeReceipt().catch(() => {}) // It ends by itself too, after two hours.
    home()
  }
  if (held === undefined) {
    const opened = (now: Held) => {
      hold(now)
      setWasOpen(true)
    }
    return <Entry isAgain={wasOpen} opened={opened} back={home} />
  }
  const page: AreaPageProps = {
    held,
    hold,
    drafts,
    write: part => setDrafts(now => ({ ...now, ...part })),
    isOver: error => {
      if (!isSignedOut(error)) return false
      hold(undefined)
      return true
    },
    go,
  }
  if (view === 'consents') return <ConsentsPage {...page} />
  return view === 'messages' ? <MessagesPage {...page} /> : <ProgressPage {...page} close={close} />
}
