import { isSignedOut } from '@jikimi/shared/api.ts'
import { Anchor, Loader, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { SecondFactor } from '../access/second-factor.tsx'
import { SessionProvider, sessionKey, useSessionQuery } from '../access/session.tsx'
import { SignIn } from '../access/sign-in.tsx'
import { words as accessWords } from '../access/words.ts'
import { Failure } from '../controls/answer.tsx'
import { useWords } from '../language.tsx'
import { endOf, sessionEnd } from '../server.ts'
import { Doorway } from './doorway.tsx'
import { leave } from './leave.ts'
import { SignInAgain } from './sign-in-again.tsx'
import { words } from './words.ts'

/**
 * Nobody passes without a session. One that ends in the middle of work asks for a new sign-in above the page,
 * which stays as it is: nothing that was typed is lost.
 */
export function Gate({ children }: { readonly children: ReactNode }) {
  const end = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.read)
  const query = useSessionQuery(end === undefined)
  const client = useQueryClient()
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  const session = query.data
  const isLost = session !== undefined && isSignedOut(query.error)
  const lostBy = isLost ? endOf(query.error) : undefined
  useEffect(() => {
    if (lostBy !== undefined) sessionEnd.set(lostBy)
  }, [lostBy])
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
      <SignInAgain session={session} />
    </SessionProvider>
  )
}
