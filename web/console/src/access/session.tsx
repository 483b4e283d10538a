/**
 * Who is signed in, and what they may do. A page asks `useMay`; the server refuses all the same.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { Failure } from '../controls/answer.tsx'
import * as access from './api.ts'
import type { Session } from './api.ts'

interface Signed {
  readonly session: Session
  readonly may: (right: string) => boolean
}
const SessionContext = createContext<Signed | null>(null)

export const sessionKey = ['access', 'session'] as const

export function useSessionQuery(isWanted: boolean) {
  return useQuery({
    queryKey: sessionKey,
    queryFn: access.session,
    enabled: isWanted,
    staleTime: 60_000,
    refetchOnWindowFocus: 'always',
  })
}

export function SessionProvider({
  session,
  children,
}: {
  readonly session: Session
  readonly children: ReactNode
}) {
  const query = useQuery({ queryKey: ['access', 'rights'], queryFn: access.rights, staleTime: 3_600_000 })
  const { data } = query
  const value = useMemo(() => {
    const mine = new Set(
      (data ?? []).filter(line => line.roles.includes(session.role)).map(line => line.right),
    )
    return { session, may: (right: string) => mine.has(right) }
  }, [data, session])
  // Without the table nothing is known to be allowed: better a moment of nothing than a page that says no.
  if (data === undefined)
    return query.error === null ? null : <Failure error={query.error} again={() => void query.refetch()} />
  return <SessionContext value={value}>{children}</SessionContext>
}

export function useSession(): Session {
  return useSigned().session
}

export function useMay(): (right: string) => boolean {
  return useSigned().may
}

function useSigned(): Signed {
  const signed = useContext(SessionContext)
  if (signed === null) throw new Error('A page of staff stands outside the session.')
  return signed
}
