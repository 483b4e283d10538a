/**
 * What the console asks of the evidence room.
 *
 * @module
 */
import { server, type Schemas } from '../server.ts'

export const viewingReasons = ['verify', 'investigate', 'court'] as const
export type ViewingReason = (typeof viewingReasons)[number]

export type Exhibit = Schemas['Exhibit']
export type Capture = Schemas['CaptureLine']
export type Exhibits = Schemas['Exhibits']

export const exhibits = (id: string, after?: string) =>
  server.get<Exhibits>(`/cases/${id}/exhibits`, { query: { after, limit: 200 } })
export const capture = (address: string) => server.post<unknown>(`/addresses/${address}/captures`)
export const previewPath = (exhibit: string) => `/api/exhibits/${exhibit}/preview`
export const sealedPath = (exhibit: string) => `/api/exhibits/${exhibit}/sealed`

/** The picture as it is. It is in memory only, and in the log under the viewer's name. */
export async function view(exhibit: string, reason: ViewingReason): Promise<Blob> {
  const answer = await server.raw('POST', `/exhibits/${exhibit}/viewings`, {
    body: { reason },
    timeoutMs: 60_000,
  })
  return answer.blob()
}
