import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import * as access from '../access/api.ts'
import { sessionKey } from '../access/session.tsx'
import { SignIn } from '../access/sign-in.tsx'
import { words } from '../access/words.ts'
import { words as common } from '../controls/words.ts'
import { watchDesk } from '../desk.ts'
import { useWords } from '../language.tsx'
import { confirmation, sessionEnd } from '../server.ts'
import { leave } from './leave.ts'

/** Covers the page and has the server refuse everything until the person is back. The page stays as it is. */
export async function lockNow(): Promise<void> {
  if (sessionEnd.read() !== undefined) return
  sessionEnd.set('locked')
  await access.lock().catch(() => undefined)
}

/**
 * Above the page, which stays as it is: signing in again where the session is locked or over, and confirming that
 * it is oneself before something grave.
 */
export function SignInAgain({ session }: { readonly session: access.Session }) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const client = useQueryClient()
  const end = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.read)
  const isAsked = useSyncExternalStore(confirmation.subscribe, confirmation.read)
  const { account, email, lockAfterS } = session
  useEffect(() => watchDesk(lockAfterS * 1000, () => void lockNow()), [lockAfterS])
  useEffect(shieldFromEscape, [])
  const enter = async () => {
    const now = await access.session()
    // Another person must not find what the one before had open.
    if (now.account !== account || now.needsSecondFactor) return location.replace('/console/')
    client.setQueryData(sessionKey, now)
    sessionEnd.set(undefined)
    confirmation.settle(true)
    await client.invalidateQueries()
  }
  const why = end ?? 'confirm'
  return (
    <Modal
      opened={end !== undefined || isAsked}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={say(titleOf[why])}
      zIndex={500}
      overlayProps={end === undefined ? {} : { className: 'cover' }}
    >
      <Stack gap="md">
        <Text size="sm">{say(leadOf[why])}</Text>
        <SignIn key={why} then={() => void enter()} email={email} />
        {end === undefined ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => confirmation.settle(false)}>
              {sayCommon('cancel')}
            </Button>
          </Group>
        ) : (
          <Anchor component="button" size="sm" onClick={() => void leave()}>
            {say('otherPerson')}
          </Anchor>
        )}
      </Stack>
    </Modal>
  )
}

/** What lies under the cover keeps its open dialogs: it does not hear the key that would close them. */
function shieldFromEscape(): () => void {
  const shield = (event: KeyboardEvent) => {
    const isCovered = sessionEnd.read() !== undefined || confirmation.read()
    if (event.key === 'Escape' && isCovered) event.stopImmediatePropagation()
  }
  // On the window and before any dialog is there, so that it is asked first.
  addEventListener('keydown', shield, { capture: true })
  return () => removeEventListener('keydown', shield, { capture: true })
}

const titleOf = { locked: 'lockedTitle', over: 'againTitle', confirm: 'confirmTitle' } as const
const leadOf = { locked: 'lockedLead', over: 'againLead', confirm: 'confirmLead' } as const
