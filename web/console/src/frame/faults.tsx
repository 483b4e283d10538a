import { Alert, Button, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay, useSession } from '../access/session.tsx'
import { roleWord, words as accessWords } from '../access/words.ts'
import { Empty, Page } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { words } from './words.ts'

export function NotFound() {
  const say = useWords(words)
  return (
    <Page title={say('notFoundTitle')}>
      <Empty title={say('notFoundLead')}>
        <Link to="/">{say('homeLink')}</Link>
      </Empty>
    </Page>
  )
}

/** A page has broken. A chunk that is gone after an update of the server is mended by loading again. */
export function Broken() {
  const say = useWords(words)
  return (
    <div className="page">
      <Alert color="bad" title={say('brokenTitle')} role="alert">
        <Stack gap="xs" align="flex-start">
          {say('brokenLead')}
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            {say('reload')}
          </Button>
        </Stack>
      </Alert>
    </div>
  )
}

/** What stands behind a right: for others a sentence instead of a wall of refusals. */
export function For({ right, children }: { readonly right: string; readonly children: ReactNode }) {
  const may = useMay()
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const session = useSession()
  if (may(right)) return children
  return (
    <div className="page">
      <Empty title={say('notMine')} hint={say('notMineLead', { role: sayAccess(roleWord[session.role]) })}>
        <Link to="/">{say('homeLink')}</Link>
      </Empty>
    </div>
  )
}
