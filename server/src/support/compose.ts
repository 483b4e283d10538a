import type { Concern, ContactWay } from '#intake'
import type { Fact, ReferralDraft } from './referral-schema.ts'

/** What is known of a victim and may be told, each where it is allowed. */
export interface Known {
  readonly contact: { readonly way: ContactWay; readonly value: string | null; readonly note: string | null }
  readonly region: { readonly ko: string; readonly en: string } | null
  readonly language: 'ko' | 'en'
  readonly concern: Concern
  readonly addressCount: number
}

const headings = {
  ko: {
    opening: '피해자의 동의를 받아 지원을 요청합니다. 아래는 피해자가 전해도 된다고 한 내용의 전부입니다.',
    nothing: '피해자는 다른 내용을 전하지 않기를 원합니다. 연락 방법은 담당자와 의논해 주세요.',
    closing: '이 밖의 내용은 피해자에게 직접, 피해자가 원하는 만큼만 물어 주세요.',
    contact: '연락 방법',
    wishedName: '불리고 싶은 이름',
    region: '지역',
    language: '언어',
    concern: '피해 유형',
    addressCount: '유포된 주소의 수',
    words: '전하는 말',
  },
  en: {
    opening: 'With the victim’s consent we ask you to help. This is all that the victim allows to be told.',
    nothing: 'The victim wishes nothing else to be told. Please agree with us on how to reach them.',
    closing: 'Please ask the victim for anything else yourself, and no more than they wish to say.',
    contact: 'How to reach them',
    wishedName: 'Wishes to be called',
    region: 'Region',
    language: 'Language',
    concern: 'Harm',
    addressCount: 'Addresses with the material',
    words: 'Message',
  },
} as const
const ways: Record<ContactWay, { ko: string; en: string }> = {
  receiptOnly: { ko: '접수번호로만 (담당자를 통해)', en: 'by receipt only, through us' },
  email: { ko: '이메일', en: 'e-mail' },
  phone: { ko: '전화', en: 'telephone' },
  text: { ko: '문자', en: 'text message' },
}
const concerns: Record<Concern, { ko: string; en: string }> = {
  leak: { ko: '유포', en: 'leaked material' },
  hiddenCamera: { ko: '불법촬영', en: 'hidden camera' },
  deepfake: { ko: '허위영상물(딥페이크)', en: 'deepfake' },
  threat: { ko: '유포 협박', en: 'threat to publish' },
  minor: { ko: '아동·청소년 피해', en: 'a child or young person' },
  other: { ko: '그 밖의 피해', en: 'other' },
}
const tongues = { ko: { ko: '한국어', en: 'Korean' }, en: { ko: '영어', en: 'English' } } as const

/**
 * The text of a referral: the facts that the victim allows, in a fixed order, and nothing else of the report or case.
 * The same draft over the same report is the same text, so that what is shown is what is sent.
 */
export function composeReferral(draft: ReferralDraft, known: Known): string {
  const { language } = draft
  const say = headings[language]
  const told: Record<Fact, () => string> = {
    wishedName: () => draft.wishedName,
    contact: () =>
      [ways[known.contact.way][language], known.contact.value, known.contact.note]
        .filter(part => part !== null && part !== '')
        .join(' · '),
    region: () => known.region?.[language] ?? '',
    language: () => tongues[known.language][language],
    concern: () => concerns[known.concern][language],
    addressCount: () => String(known.addressCount),
    words: () => draft.words,
  }
  const order = ['wishedName', 'contact', 'region', 'language', 'concern', 'addressCount', 'words'] as const
  const lines = order
    .filter(fact => draft.facts.includes(fact))
    .map(fact => [say[fact], told[fact]()] as const)
    .filter(([, text]) => text !== '')
    .map(([heading, text]) => `${heading}: ${text}`)
  return [say.opening, '', ...(lines.length === 0 ? [say.nothing] : lines), '', say.closing].join('\n')
}
