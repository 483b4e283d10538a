/**
 * Doing something once: a second press while the first is on its way, or just after it, does nothing.
 *
 * @module
 */
import { isSignedOut, sentenceOf } from '@jikimi/shared/api.ts'
import { Button, type ButtonProps } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useRef, type ReactNode } from 'react'
import { useLanguage, useWords } from '../language.tsx'
import { words } from './words.ts'

// A double click's second press comes within 500 ms; a quick answer must not let it through.
export const restMs = 700

export interface Act<A, T> {
  readonly run: (asked: A) => void
  readonly isBusy: boolean
  readonly error: Error | null
  readonly clear: () => void
  readonly answer: T | undefined
}

interface Settings<A, T> {
  readonly verb: (asked: A) => Promise<T>
  /** Keys of what has changed and is asked for again. */
  readonly changes?: readonly QueryKey[]
  readonly after?: (answer: T, asked: A) => void
  /** What is said when it is done; nothing where the page itself shows it. */
  readonly said?: string
  /** The form shows the refusal itself. */
  readonly isQuiet?: boolean
}

export function useAct<A, T>(settings: Settings<A, T>): Act<A, T> {
  const client = useQueryClient()
  const language = useLanguage()
  const say = useWords(words)
  const lock = useRef(false)
  const mutation = useMutation<T, Error, A>({
    mutationFn: settings.verb,
    onSuccess: async (answer, asked) => {
      if (settings.said !== undefined) notifications.show({ message: settings.said, color: 'good' })
      await Promise.all((settings.changes ?? []).map(queryKey => client.invalidateQueries({ queryKey })))
      setTimeout(() => (lock.current = false), restMs)
      settings.after?.(answer, asked)
    },
    onError: error => {
      lock.current = false
      if (settings.isQuiet === true || isSignedOut(error)) return
      notifications.show({
        title: say('notDone'),
        message: sentenceOf(error, language),
        color: 'bad',
        autoClose: 12_000,
      })
    },
  })
  return {
    run: asked => {
      if (lock.current) return
      lock.current = true
      mutation.mutate(asked)
    },
    isBusy: mutation.isPending,
    error: mutation.error,
    clear: mutation.reset,
    answer: mutation.data,
  }
}

/** A button for an act. It stays where the keyboard is while it works, and says so. */
export function ActButton<A>({
  act,
  asked,
  children,
  ...rest
}: { readonly act: Act<A, unknown>; readonly asked: A; readonly children: ReactNode } & ButtonProps & {
    readonly 'aria-label'?: string
    readonly title?: string
  }) {
  return (
    <Button {...rest} loading={act.isBusy} onClick={() => act.run(asked)}>
      {children}
    </Button>
  )
}
