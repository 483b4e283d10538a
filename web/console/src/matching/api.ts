/**
 * What the console asks of the matching room.
 *
 * @module
 */
import { server, type Rows, type Schemas } from '../server.ts'

export type Match = Schemas['Match']
export type Bank = Schemas['BankRead']
export type Verdict = 'same' | 'different'

export const matches = (state: Match['state'] | undefined, after?: string, limit = 50) =>
  server.get<Rows<Match>>('/matches', { query: { state, after, limit } })
export const matchesOfCase = (id: string, after?: string) =>
  server.get<Rows<Match>>(`/cases/${id}/matches`, { query: { after, limit: 50 } })
export const bank = (id: string) => server.get<Bank>(`/cases/${id}/fingerprints`)
export const decide = (match: string, verdict: Verdict) =>
  server.post<void>(`/matches/${match}/decisions`, { verdict })

export const reversalReasons = ['anotherPerson', 'onlyAlike', 'byMistake', 'other'] as const
export type ReversalReason = (typeof reversalReasons)[number]
export const takeBack = (match: string, reason: ReversalReason, added: string) =>
  server.post<void>(`/matches/${match}/reversal`, added === '' ? { reason } : { reason, words: added })

export type ListedBank = Schemas['ListedBank']
export type BankNumbers = Schemas['BankNumbers']
export type BankChange = Schemas['BankChange']
export type MatchingStatus = Schemas['MatchingStatus']
export type Added = Schemas['Added']
export type LineFault = Added['unreadable'][number]['fault']
export type Hit = Schemas['Hit']

export const bankKinds = ['national', 'partner', 'list'] as const
export type BankKind = (typeof bankKinds)[number]
export const opinions = ['unstated', 'confirmed', 'disputed'] as const
export type Opinion = (typeof opinions)[number]
/** Beyond this the server's index is not exact. */
export const radiusMax = 63

export interface NewBank {
  readonly name: string
  readonly kind: BankKind
  readonly source: string
}
/** All banks, page by page: a unit has dozens, and they are searched by what is typed. */
export async function banks(): Promise<{ readonly rows: readonly ListedBank[] }> {
  const rows: ListedBank[] = []
  for (let after: string | undefined, pages = 0; pages < bankPagesMax; pages += 1) {
    const page = await server.get<Rows<ListedBank>>('/banks', { query: { after, limit: 200 } })
    rows.push(...page.rows)
    if (page.next === null) break
    after = page.next
  }
  return { rows }
}
// 10,000 banks: more than anybody keeps.
const bankPagesMax = 50
export const addBank = (asked: NewBank) => server.post<{ readonly bank: string }>('/banks', asked)
export const changeBank = (id: string, change: BankChange) => server.patch<void>(`/banks/${id}`, change)
export const bankNumbers = (id: string) => server.get<BankNumbers>(`/banks/${id}/numbers`)
export const matchingStatus = () => server.get<MatchingStatus>('/matching/status')
export const withdrawEntry = (bankId: string, entry: string) =>
  server.delete<void>(`/banks/${bankId}/entries/${entry}`)

/** A part of a list: values of one kind a line, or entries as JSON lines. */
export type ListPart = { readonly text: string; readonly isTrial: boolean } & (
  | {
      readonly form: 'values'
      readonly algorithm: 'pdq' | 'vpdq' | 'md5' | 'sha1' | 'sha256'
      readonly opinion: Opinion
      readonly label?: string
    }
  | { readonly form: 'jsonLines' }
)
export const addList = (id: string, part: ListPart, signal: AbortSignal) =>
  server.post<Added>(`/banks/${id}/imports`, part, { signal, timeoutMs: 60_000 })

export type Lookup =
  | { readonly fingerprint: string }
  | { readonly digest: string }
  | { readonly file: FileValues }
/** What this device makes of a file. */
export interface FileValues {
  readonly digests: readonly string[]
  readonly turns: readonly string[]
  readonly quality?: number
}
export const lookUp = (asked: Lookup) => server.post<{ readonly hits: readonly Hit[] }>('/lookups', asked)
