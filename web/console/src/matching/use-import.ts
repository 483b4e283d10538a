import { isSignedOut, isStopped } from '@jikimi/shared/api.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { restMs } from '../controls/act.tsx'
import * as matching from './api.ts'
import type { ListPart } from './api.ts'
import { begun, sendList, type Progress } from './list-file.ts'

/** What is in the file, as the server takes it. */
export type Content = ListPart extends infer P
  ? P extends ListPart
    ? Omit<P, 'text' | 'isTrial'>
    : never
  : never

export type ImportState =
  | { readonly at: 'nothing' }
  | { readonly at: 'reading'; readonly progress: Progress }
  | { readonly at: 'tried'; readonly progress: Progress }
  | { readonly at: 'importing'; readonly progress: Progress }
  | { readonly at: 'done'; readonly progress: Progress }
  | {
      readonly at: 'stopped'
      readonly isTrial: boolean
      readonly progress: Progress
      /** Null where the person has stopped it. */
      readonly error: Error | null
    }

export interface Importing {
  readonly state: ImportState
  readonly isBusy: boolean
  readonly read: () => void
  /** Brings the list in, from where it stopped. */
  readonly bringIn: () => void
  readonly stop: () => void
  readonly forget: () => void
}

/**
 * Reads a list on trial and brings it in. A second press while one is on its way does nothing; nor does one that
 * comes just after: the button that stands there by then means something else.
 */
export function useImport(bank: string, file: File | null, content: Content): Importing {
  const client = useQueryClient()
  const [state, setState] = useState<ImportState>({ at: 'nothing' })
  const running = useRef<AbortController>(undefined)
  const pressedAt = useRef(-Infinity)
  useEffect(() => () => running.current?.abort(), [])
  const once = (act: () => void) => () => {
    if (performance.now() - pressedAt.current < restMs) return
    pressedAt.current = performance.now()
    act()
  }

  const run = async (isTrial: boolean, from: Progress) => {
    if (file === null || running.current !== undefined) return
    const control = new AbortController()
    running.current = control
    const working = isTrial ? 'reading' : 'importing'
    let progress = from
    const heard = (next: Progress) => {
      progress = next
      setState({ at: working, progress })
    }
    heard(from)
    const isWhole = content.form === 'values' && content.algorithm === 'vpdq'
    const send = (text: string) => matching.addList(bank, { ...content, text, isTrial }, control.signal)
    try {
      await sendList(file, { isWhole, from, send, heard })
      setState({ at: isTrial ? 'tried' : 'done', progress })
    } catch (error) {
      // The window for signing in again says itself what has happened.
      const isSaid = isStopped(error) || isSignedOut(error)
      setState({ at: 'stopped', isTrial, progress, error: isSaid ? null : (error as Error) })
    } finally {
      running.current = undefined
      if (!isTrial) await client.invalidateQueries({ queryKey: ['matching'] })
    }
  }

  return {
    state,
    isBusy: state.at === 'reading' || state.at === 'importing',
    read: once(() => void run(true, begun)),
    bringIn: once(() => void run(false, state.at === 'stopped' && !state.isTrial ? state.progress : begun)),
    stop: once(() => running.current?.abort()),
    forget: () => {
      running.current?.abort()
      setState({ at: 'nothing' })
    },
  }
}
