/**
 * What the console asks of the audit room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

export type Detail = string | number | boolean | null

export type Entry = Schemas['Entry']
export type LogHead = Schemas['LogHead']

export const head = () => server.get<LogHead>('/log/head')
export const entries = (after?: string) => server.get<Rows<Entry>>('/log', { query: { after, limit: 50 } })
export const proofPath = (entry: string) => `/api/entries/${entry}/proof`
export const exportPath = '/api/log/export'
