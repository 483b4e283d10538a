/**
 * The way to the server, and what all pages share about it: how often a page looks again, and that a session
 * has ended.
 *
 * @module
 */
import type { components } from '@jikimi/shared/api.gen.ts'
import { isSignedOut, openApi, Unreachable, type Api } from '@jikimi/shared/api.ts'
import { QueryClient } from '@tanstack/react-query'
import { languageNow } from './language.tsx'

/** Every shape of the API, as the server's schemas give it (`npm run api`). */
export type Schemas = components['schemas']

/** A page of a list. */
export interface Rows<T> {
  readonly rows: readonly T[]
  readonly next: string | null
}

/** For signing in itself: there a 401 is an answer, not the end of a session. */
export const door: Api = openApi({ language: languageNow, timeoutMs: 30_000 })

const listeners = new Set<() => void>()
let hasEnded = false

/** Whether the session has ended while somebody was at work. For `useSyncExternalStore`. */
export const sessionEnd = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: () => hasEnded,
  set: (ended: boolean): void => {
    hasEnded = ended
    for (const listener of listeners) listener()
  },
}

async function watched<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (isSignedOut(error)) sessionEnd.set(true)
    throw error
  }
}

/** For everything else: a 401 asks the person to sign in again, above the page they are on. */
export const server: Api = {
  get: (path, ask) => watched(door.get(path, ask)),
  post: (path, body, ask) => watched(door.post(path, body, ask)),
  put: (path, body, ask) => watched(door.put(path, body, ask)),
  patch: (path, body, ask) => watched(door.patch(path, body, ask)),
  delete: (path, ask) => watched(door.delete(path, ask)),
  raw: (method, path, ask) => watched(door.raw(method, path, ask)),
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      retry: (count, error) => error instanceof Unreachable && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})

const hiddenMs = 120_000
const failedMsMax = 60_000

/**
 * Looks again every `seconds`; seldom while the page is hidden, ever more seldom while the server does not
 * answer, and not at all until the person has signed in again.
 */
export function live(seconds: number) {
  return {
    refetchIntervalInBackground: true,
    refetchInterval: (query: { readonly state: { readonly fetchFailureCount: number } }): number | false => {
      if (hasEnded) return false
      if (document.hidden) return hiddenMs
      const failures = query.state.fetchFailureCount
      return Math.min(seconds * 1000 * 2 ** Math.min(failures, 4), Math.max(failedMsMax, seconds * 1000))
    },
  }
}

/** As `live`, but only while the page is seen: for what counts as read once it is shown. */
export function liveWhileSeen(seconds: number) {
  return { ...live(seconds), refetchIntervalInBackground: false }
}
