/**
 * What the console asks of the audit room.
 *
 * @module
 */
import { server, type Rows } from '../server.ts'

export type Detail = string | number | boolean | null

export interface Entry {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly sentence: { readonly ko: string; readonly en: string }
  readonly by: {
    readonly kind: 'anonymous' | 'reporter' | 'staff' | 'subscriber' | 'system'
    readonly account: string | null
    readonly room: string | null
  }
  readonly actor?: string | null
  readonly about: Readonly<Record<string, string>>
  readonly detail: Readonly<Record<string, Detail>>
  readonly treeIndex: number | null
}
export interface LogHead {
  readonly size: number
  readonly note: string | null
  readonly verifierKey: string
  readonly waiting: number
}

export const head = () => server.get<LogHead>('/log/head')
export const entries = (after?: string) => server.get<Rows<Entry>>('/log', { query: { after, limit: 50 } })
export const proofPath = (entry: string) => `/api/entries/${entry}/proof`
export const exportPath = '/api/log/export'
