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
export const entries = (after?: string) => server.get<Rows<Entry>>('/log', { query: { after, limit: 50 } })
export const proofPath = (entry: string) => `/api/entries/${entry}/proof`
/**
 * Has the browser fetch the whole log as a file. The browser asks for that by itself, so whoever has signed in long
 * ago confirms first.
 */
export async function exportLog(): Promise<void> {
  const { isFresh } = await server.get<Schemas['Session']>('/session')
  if (isFresh || (await confirmation.ask())) location.assign('/api/log/export')
}
