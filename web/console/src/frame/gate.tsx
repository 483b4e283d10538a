import { isSignedOut } from '@jikimi/shared/api.ts'
import { Anchor, Loader, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import * as access from '../access/api.ts'
import { SecondFactor } from '../access/second-factor.tsx'
import { SessionProvider, sessionKey, useSessionQuery } from '../access/session.tsx'
import { SignIn } from '../access/sign-in.tsx'
import { words as accessWords } from '../access/words.ts'
import { Failure } from '../controls/answer.tsx'
import { useWords } from '../language.tsx'
import { sessionEnd } from '../server.ts'
import { Doorway } from './doorway.tsx'
import { words } from './words.ts'

/**
 * Nobody passes without a session. One that ends in the middle of work asks for a new sign-in above the page,
 * which stays as it is: nothing that was typed is lost.
 */
export function Gate({ children }: { readonly children: ReactNode }) {
  const hasEnded = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.read)
  const query = useSessionQuery(!hasEnded)
  const client = useQueryClient()
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const session = query.data
  const isLost = session !== undefined && isSignedOut(query.error)
  useEffect(() => {
    if (isLost) sessionEnd.set(true)
  }, [isLost])
  const enter = () => void client.invalidateQueries({ queryKey: sessionKey })

  if (session === undefined) {
    if (isSignedOut(query.error))
      return (
        <Doorway title={sayAccess('signInTitle')} lead={sayAccess('signInLead')}>
          <SignIn then={enter} />
        </Doorway>
      )
    return (
      <Doorway title={say('product')}>
        {query.error === null ? (
          <Stack align="center" role="status">
            <Loader />
            <Text size="sm" c="dimmed">
              {say('connecting')}
            </Text>
          </Stack>
        ) : (
          <Failure error={query.error} again={() => void query.refetch()} />
        )}
      </Doorway>
    )
  }
  if (session.needsSecondFactor)
    return (
      <Doorway title={sayAccess('factorTitle')}>
        <SecondFactor then={enter} />
        <Anchor component="button" size="sm" onClick={() => void leave()}>
          {sayAccess('otherPerson')}
        </Anchor>
      </Doorway>
    )
  return (
    <SessionProvider session={session}>
      {children}
      <SignInAgain isOpen={hasEnded} account={session.account} email={session.email} />
    </SessionProvider>
  )
}

/** Ends the session and everything that the page still holds of it. */
export async function leave(): Promise<void> {
  await access.signOut().catch(() => undefined)
  location.replace('/console/')
}

function SignInAgain({
  isOpen,
  account,
  email,
}: {
  readonly isOpen: boolean
  readonly account: string
  readonly email: string
}) {
  const say = useWords(accessWords)
  const client = useQueryClient()
  const enter = async () => {
    const session = await access.session()
    // Another person must not find what the one before had open.
    if (session.account !== account || session.needsSecondFactor) return location.replace('/console/')
    client.setQueryData(sessionKey, session)
    sessionEnd.set(false)
    await client.invalidateQueries()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={say('againTitle')}
      zIndex={500}
    >
      <Stack gap="md">
        <Text size="sm">{say('againLead')}</Text>
        <SignIn then={() => void enter()} email={email} />
        <Anchor component="button" size="sm" onClick={() => void leave()}>
          {say('otherPerson')}
        </Anchor>
      </Stack>
    </Modal>
  )
}
