/**
 * The way to the server, and what all pages share about it: how often a page looks again, and that a session
 * has ended.
 *
 * @module
 */
import type { components } from '@jikimi/shared/api.gen.ts'
import { isSignedOut, openApi, Problem, Unreachable, type Api } from '@jikimi/shared/api.ts'
import { QueryClient } from '@tanstack/react-query'
import { isUnattended } from './desk.ts'
import { languageNow } from './language.tsx'

/** Every shape of the API, as the server's schemas give it (`npm run api`). */
export type Schemas = components['schemas']

/** A page of a list. */
export interface Rows<T> {
  readonly rows: readonly T[]
  readonly next: string | null
}

/** For signing in itself: there a 401 is an answer, not the end of a session. */
export const door: Api = openApi({
  language: languageNow,
  timeoutMs: 30_000,
  // What a page asks by itself, while nobody is there, keeps no session open.
  headers: () => (isUnattended() ? { 'x-jikimi-unattended': '1' } : {}),
})

const listeners = new Set<() => void>()
export type SessionEnd = 'over' | 'locked' | undefined
let ended: SessionEnd

/** How the session has ended while somebody was at work; undefined while it goes on. For `useSyncExternalStore`. */
export const sessionEnd = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: () => ended,
  set: (now: SessionEnd): void => {
    ended = now
    for (const listener of listeners) listener()
  },
}

/** What an answer of 401 says about the session. */
export const endOf = (error: unknown): SessionEnd =>
  error instanceof Problem && error.code === 'access.sessionLocked' ? 'locked' : 'over'

const askers = new Set<() => void>()
let asked: { readonly given: Promise<boolean>; readonly settle: (isGiven: boolean) => void } | undefined

/** Confirming once more that it is oneself, before something grave. For `useSyncExternalStore`. */
export const confirmation = {
  subscribe: (listener: () => void): (() => void) => {
    askers.add(listener)
    return () => askers.delete(listener)
  },
  read: () => asked !== undefined,
  /** Asks the person; false where they do not wish to. Who asks meanwhile waits for the same answer. */
  ask: (): Promise<boolean> => {
    if (asked === undefined) {
      const { promise: given, resolve: settle } = Promise.withResolvers<boolean>()
      asked = { given, settle }
      for (const listener of askers) listener()
    }
    return asked.given
  },
  settle: (isGiven: boolean): void => {
    asked?.settle(isGiven)
    asked = undefined
    for (const listener of askers) listener()
  },
}

async function watched<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isSignedOut(error)) sessionEnd.set(endOf(error))
    const isGrave = error instanceof Problem && error.code === 'access.authenticationStale'
    // Nothing was done yet: the request goes out once more as it was.
    if (isGrave && (await confirmation.ask())) return ask()
    throw error
  }
}

/**
 * For everything else: a 401 asks the person to sign in again, above the page they are on; what is grave asks them to
 * confirm, and then goes on.
 */
export const server: Api = {
  get: (path, ask) => watched(() => door.get(path, ask)),
  post: (path, body, ask) => watched(() => door.post(path, body, ask)),
  put: (path, body, ask) => watched(() => door.put(path, body, ask)),
  patch: (path, body, ask) => watched(() => door.patch(path, body, ask)),
  delete: (path, ask) => watched(() => door.delete(path, ask)),
  raw: (method, path, ask) => watched(() => door.raw(method, path, ask)),
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
      if (ended !== undefined) return false
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
