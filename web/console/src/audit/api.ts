/**
 * What the console asks of the audit room.
 *
 * @module
 */
import { confirmation, server, type Rows, type Schemas } from '../server.ts'

export type Detail = string | number | boolean | null

export type Entry = Schemas['Entry']
export type LogHead = Schemas['LogHead']

export const head = () => server.get<LogHead>('/log/head')
/** What is looked for; an empty or unfinished word asks for everything. */
export interface LogFilter {
  readonly case?: string
  readonly account?: string
  readonly kind?: string
}
export const entries = (filter: LogFilter, after?: string) =>
  server.get<Rows<Entry>>('/log', { query: { ...given(filter), after, limit: 50 } })
export type ReadingRule = Schemas['ReadingRule']
export type Flag = Schemas['ReadingFlags']['rows'][number]
export const flags = (after?: string) =>
  server.get<Rows<Flag>>('/reading-flags', { query: { after, limit: 50 } })
export const seeFlag = (flag: string) => server.post<void>(`/reading-flags/${flag}/review`)
export const readingRule = () => server.get<ReadingRule>('/reading-rule')
export const setReadingRule = (rule: ReadingRule) => server.put<void>('/reading-rule', rule)

function given(filter: LogFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    ),
  )
}
export const proofPath = (entry: string) => `/api/entries/${entry}/proof`
/**
 * Has the browser fetch the whole log as a file. The browser asks for that by itself, so whoever has signed in long
 * ago confirms first.
 */
export const exportLog = () => take('/api/log/export')
/** The same for what fits a filter. */
export const exportSelection = (filter: LogFilter) =>
  take(`/api/log/selection?${new URLSearchParams(given(filter)).toString()}`)

async function take(path: string): Promise<void> {
  const { isFresh } = await server.get<Schemas['Session']>('/session')
  if (isFresh || (await confirmation.ask())) location.assign(path)
}
