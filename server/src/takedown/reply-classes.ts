/**
 * What a provider's answer says, by its headers and its own words. The quoted part of a mail is ours and is
 * left out. A class is a reading, not a finding: a claim is looked at, and what cannot be read goes to a person.
 *
 * @module
 */
import type { ReplyKind } from './schema.ts'

export interface ReadMail {
  readonly subject: string
  readonly text: string
  /** Header values by lower-case name, as far as they matter here. */
  readonly headers: ReadonlyMap<string, string>
  /** The `message/delivery-status` part (RFC 3464), where there is one. */
  readonly deliveryStatus: string | undefined
}

const refuses = [
  /(삭제|조치|처리|차단)(가|는|를|은)? ?(불가|어렵|할 수 없|해 ?드릴 수 없|하지 않)/,
  /(위반|해당)(하지|되지|사항이) ?(않|없)/,
  /요청(을|이|은|는)? ?(반려|거부|거절|기각)/,
  /\b(will not|won['’]t|cannot|can['’]t|unable to|are not able to|decline to|refuse to) (be )?(remove|removed|delete|deleted|take (it |this )?down|act|comply|process)/,
  /\b(does|do|did) not violate\b/,
  /\b(request|report|notice)\b.{0,40}\b(denied|rejected|declined|refused)\b/,
  /\bno (action|violation)\b.{0,30}\b(taken|found)\b/,
]

const claims = [
  /(삭제|차단|제거|비공개|블라인드|조치|처리) ?(를|을|가|이)? ?(완료|하였|했습|되었|됐습|하였습)/,
  /(삭제|차단|제거)한 ?(상태|바)/,
  /\b(has|have|had) (now |already |since )?been (removed|deleted|disabled|taken down|blocked|terminated)\b/,
  /\b(we|i)( have|['’]ve)? (now |already |just )?(removed|deleted|disabled|taken down|took down|blocked)\b/,
  /\b(is|was|were) (now |already )?(removed|deleted|taken down|offline)\b/,
  /\bno longer (available|online|accessible)\b/,
]

const asks = [
  /(보완|추가) ?(요청|자료|서류|정보|제출)/,
  /(양식|신고서|신청서|요청서|서식)(을|를|에|으로|로|은|는)? ?.{0,12}(작성|제출|이용|접수|첨부)/,
  /(신분증|위임장|증빙|본인 ?확인)/,
  /\b(please|kindly|must|need to|you can|can only)\b.{0,60}\b(form|webform|portal)\b/,
  /\b(please|kindly)\b.{0,40}\b(provide|supply|send|attach|include|specify|clarify)\b/,
  /\b(more|additional|further) (information|details|documents?|evidence|proof)\b/,
  /\bproof of (identity|authori[sz]ation)\b/,
]

const acknowledges = [
  /(접수|수신)(되었|됐|하였|했|완료|번호)/,
  /(검토|확인) ?(후|하여|중|예정)/,
  /\b(received|receipt of) (your|the)\b/,
  /\bthank you for (contacting|your|reaching|writing|the)\b/,
  /\bticket\b|\bcase (number|id)\b/,
  /\b(will|are) (be )?(review|reviewing|investigate|investigating|look into|looking into)\b/,
]

const anyOf = (patterns: readonly RegExp[], text: string) => patterns.some(pattern => pattern.test(text))

/** The kind of the answer. */
export function classify(mail: ReadMail): ReplyKind {
  const delivery = deliveryOf(mail.deliveryStatus)
  if (delivery !== undefined) return delivery
  const said = `${mail.subject}\n${ownWords(mail.text)}`.toLowerCase()
  // A refusal may speak of removal ("cannot be removed"), and a request for a form of what was received.
  if (anyOf(refuses, said)) return 'refuses'
  if (anyOf(claims, said)) return 'claimsRemoved'
  if (anyOf(asks, said)) return 'asksForMore'
  if (isAutomatic(mail) || anyOf(acknowledges, said)) return 'acknowledgement'
  return 'unknown'
}

/** RFC 3464, 2.3.3: `failed` came back; `delayed` may yet arrive; `delivered` and `relayed` are good news. */
function deliveryOf(status: string | undefined): ReplyKind | undefined {
  if (status === undefined) return undefined
  const actions = [...status.matchAll(/^action:\s*(\w+)/gim)].map(([, action]) => action!.toLowerCase())
  if (actions.includes('failed')) return 'bounce'
  if (actions.includes('delayed')) return 'delayed'
  return actions.length > 0 ? 'acknowledgement' : undefined
}

/** RFC 3834, 5; the others are what mail systems wrote before it. */
function isAutomatic(mail: ReadMail): boolean {
  const submitted = mail.headers.get('auto-submitted')?.toLowerCase() ?? 'no'
  return (
    !submitted.startsWith('no') ||
    mail.headers.has('x-autoreply') ||
    mail.headers.has('x-autorespond') ||
    /auto_reply|bulk|junk/i.test(mail.headers.get('precedence') ?? '')
  )
}

// How mail programs begin what they quote, in Korean and English.
const quoteStarts = [
  /^-{2,}\s*(original message|원본 ?메시지|forwarded message|원본 메일)\s*-{2,}/i,
  /^on .{4,200} wrote:\s*$/i,
  /^.{4,200}(님이|님께서).{0,20}(작성|쓴 글|보낸).{0,20}:?\s*$/,
  /^\s*(from|보낸 ?사람|발신):\s/i,
  /^_{10,}$/,
]

/** The text without what it quotes of ours. */
export function ownWords(text: string): string {
  const lines = text.split(/\r?\n/)
  const end = lines.findIndex(line => quoteStarts.some(start => start.test(line)))
  return (end < 0 ? lines : lines.slice(0, end)).filter(line => !line.trimStart().startsWith('>')).join('\n')
}
