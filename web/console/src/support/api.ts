/**
 * What the console asks of the support room.
 *
 * @module
 */
import { server, type Schemas } from '../server.ts'

export type CarePromise = Schemas['CarePromise']
export type CarePromises = Schemas['CarePromises']
export type Person = CarePromise['person']
export const persons = ['victim', 'guardian', 'other'] as const satisfies readonly Person[]
export type StandBy = NonNullable<CarePromise['by']['role']>
export const standBy = [
  'officer',
  'leader',
  'counsellor',
  'lawyerLiaison',
] as const satisfies readonly StandBy[]
export type Withdrawal = NonNullable<CarePromise['reason']>
export const withdrawals = [
  'victimStopped',
  'noLongerNeeded',
  'notPossible',
  'replaced',
] as const satisfies readonly Withdrawal[]

export const promises = (
  query: {
    readonly case?: string
    readonly mine?: boolean
    readonly settled?: boolean
    readonly limit?: number
  },
  after?: string,
) => server.get<CarePromises>('/promises', { query: { ...query, after } })
export const makePromise = (
  id: string,
  form: {
    readonly person: Person
    readonly what: string
    readonly by: { readonly role: StandBy } | { readonly account: string }
    readonly until: string
  },
) => server.post<{ promise: string }>(`/cases/${id}/promises`, form)
export const settlePromise = (
  promise: string,
  form: { readonly outcome: 'kept' } | { readonly outcome: 'withdrawn'; readonly reason: Withdrawal },
) => server.post<void>(`/promises/${promise}/settlement`, form)

export type Counselling = Schemas['Counselling']
export type Way = Counselling['way']
export const ways = ['phone', 'chat', 'inPerson'] as const satisfies readonly Way[]
export type Interpreter = NonNullable<Counselling['interpreter']>
export const interpreters = [
  'sign',
  'en',
  'zh',
  'vi',
  'th',
  'ja',
  'ru',
  'mn',
  'km',
  'id',
  'uz',
  'ne',
  'tl',
] as const satisfies readonly Interpreter[]
export type Booking = NonNullable<Counselling['booking']>
export const bookings = ['asked', 'booked', 'notFound'] as const satisfies readonly Booking[]

export const counselling = (query: { readonly case?: string; readonly mine?: boolean }) =>
  server.get<Schemas['Counsellings']>('/counselling-sessions', { query })
export const planCounselling = (
  id: string,
  form: {
    readonly way: Way
    readonly at: string
    readonly place: string
    readonly interpreter: Interpreter | null
  },
) => server.post<{ counselling: string }>(`/cases/${id}/counselling-sessions`, form)
export const stepCounselling = (
  session: string,
  step:
    | { readonly to: 'held'; readonly followUpAt: string | null }
    | { readonly to: 'missed' | 'cancelled' }
    | { readonly to: 'planned'; readonly at: string },
) => server.post<void>(`/counselling-sessions/${session}/steps`, step)
export const book = (session: string, booking: Booking) =>
  server.post<void>(`/counselling-sessions/${session}/bookings`, { booking })
export const followUp = (session: string) =>
  server.post<void>(`/counselling-sessions/${session}/follow-ups`, {})

export type NoteLine = Schemas['SupportNoteLines']['rows'][number]
export type Note = Schemas['SupportNote']
export type Screen = Schemas['SupportScreens']['rows'][number]
export type Allowance = Schemas['SupportAllowances']['rows'][number]
export const planParts = ['signs', 'helps', 'people', 'places', 'devices', 'emergency'] as const
export type PlanPart = (typeof planParts)[number]
export const allowReasons = ['victimAsked', 'newCounsellor', 'cover', 'lawyer'] as const
export type AllowReason = (typeof allowReasons)[number]
export const allowEnds = ['victimWithdrew', 'noLongerNeeded'] as const
export type AllowEnd = (typeof allowEnds)[number]

export type NewNote =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'safetyPlan'; readonly parts: Partial<Record<PlanPart, string>> }
  | { readonly kind: 'screen'; readonly screen: string; readonly answers: readonly number[] }
export const notes = (id: string) => server.get<Schemas['SupportNoteLines']>(`/cases/${id}/notes`)
export const note = (id: string) => server.get<Note>(`/notes/${id}`)
export const writeNote = (id: string, form: NewNote) =>
  server.post<{ note: string }>(`/cases/${id}/notes`, form)
export const screens = () => server.get<Schemas['SupportScreens']>('/screens')
export const allowances = (id: string) => server.get<Schemas['SupportAllowances']>(`/cases/${id}/allowances`)
export const allow = (id: string, form: { readonly account: string; readonly reason: AllowReason }) =>
  server.post<{ allowance: string }>(`/cases/${id}/allowances`, form)
export const disallow = (allowance: string, reason: AllowEnd) =>
  server.post<void>(`/allowances/${allowance}/withdrawal`, { reason })

export type Body = Schemas['SupportBody']
export type BodyKind = Body['kind']
export const bodyKinds = [
  'lawyer',
  'legalAid',
  'centre',
  'medical',
  'shelter',
  'oneStop',
  'financial',
  'hotline',
  'youth',
  'other',
] as const satisfies readonly BodyKind[]
export type Referral = Schemas['Referral']
export type OwnReferral = Schemas['OwnReferrals']['rows'][number]
export type Fact = Referral['facts'][number]
export const facts = [
  'wishedName',
  'contact',
  'region',
  'language',
  'concern',
  'addressCount',
  'words',
] as const satisfies readonly Fact[]
export const declines = ['noCapacity', 'notOurs', 'notReached', 'victimDeclined'] as const
export type Decline = (typeof declines)[number]
export const referralEnds = ['victimWithdrew', 'mistake'] as const
export type ReferralEnd = (typeof referralEnds)[number]
export type Answer =
  | { readonly to: 'accepted' | 'done' }
  | { readonly to: 'declined'; readonly reason: Decline }
export interface Draft {
  readonly body: string
  readonly language: 'ko' | 'en'
  readonly facts: readonly Fact[]
  readonly wishedName: string
  readonly words: string
}

export const bodies = () => server.get<Schemas['SupportBodies']>('/bodies')
export const addBody = (form: {
  readonly name: string
  readonly kind: BodyKind
  readonly phone: string | null
  readonly region: string | null
  readonly languages: readonly string[]
  readonly accessibility: readonly string[]
}) => server.post<{ body: string }>('/bodies', form)
export const closeBody = (body: string) => server.post<void>(`/bodies/${body}/closure`, {})
export const agents = () => server.get<Schemas['SupportAgents']>('/partner-agents')
export const nameAgent = (account: string, body: string | null) =>
  server.put<void>(`/partner-agents/${account}`, { body })
export const referrals = (id: string) =>
  server.get<Schemas['Referrals']>('/referrals', { query: { case: id } })
export const draftReferral = (id: string, draft: Draft) =>
  server.post<{ text: string }>(`/cases/${id}/referral-drafts`, draft)
export const refer = (id: string, draft: Draft) =>
  server.post<{ referral: string }>(`/cases/${id}/referrals`, { ...draft, isAllowed: true })
export const referralText = (referral: string) => server.get<{ text: string }>(`/referrals/${referral}/text`)
export const stepReferral = (
  referral: string,
  step: Answer | { readonly to: 'withdrawn'; readonly reason: ReferralEnd },
) => server.post<void>(`/referrals/${referral}/steps`, step)
export const ownReferrals = () => server.get<Schemas['OwnReferrals']>('/own-referrals')
export const ownReferral = (referral: string) => server.get<{ text: string }>(`/own-referrals/${referral}`)
export const answerReferral = (referral: string, answer: Answer) =>
  server.post<void>(`/own-referrals/${referral}/answers`, answer)
