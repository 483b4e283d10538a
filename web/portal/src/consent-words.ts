import { dictionary } from '@jikimi/shared/words.ts'
import type { Purpose } from './api.ts'

/** What the law wants done for a person under 18, whoever consents. */
const byLaw = { removal: 'removalByLaw', investigation: 'investigationByLaw' } as const

export const isByLaw = (purpose: Purpose): purpose is keyof typeof byLaw => purpose in byLaw

/** What a purpose means, in a word of this dictionary. */
export function meaningOf(purpose: Purpose, isDemanded: boolean) {
  return isDemanded && isByLaw(purpose) ? byLaw[purpose] : (`${purpose}Means` as const)
}

/** What may be done with a report: asked in it, switched with the receipt. */
export const words = dictionary(
  {
    askHint: '하나씩 골라 주세요. 켜지 않은 일은 하지 않아요. 나중에 접수번호로 언제든지 바꿀 수 있어요.',
    askHintYoung: '켜지 않은 일은 하지 않아요. 어려우면 그대로 두어도 돼요. 나중에 바꿀 수 있어요.',
    removal: '지우기',
    removalMeans: '사이트에 지워 달라고 요청하고, 안 지우면 막아요.',
    removalByLaw: '18세 미만이 나오는 것은 법에 따라 꼭 지워요.',
    investigation: '수사',
    investigationMeans: '누가 했는지 경찰이 찾아요. 켜지 않아도 지우기는 해요.',
    investigationByLaw: '법에 따라 경찰이 누가 했는지 찾아요. 얼마나 말할지는 당신이 정해요.',
    banks: '다른 기관과 식별값 나누기',
    banksMeans: '사진이 아니라 숫자(식별값)만 나누어서, 다른 사이트에 다시 올라오는 것을 막아요.',
    abroad: '외국 경찰에 알리기',
    abroadMeans: '외국에 있는 사람이나 사이트일 때, 그 나라 경찰에 도움을 청해요. 이름은 보내지 않아요.',
    title: '내가 동의한 것',
    lead: '켜고 끄는 것은 당신이 정해요. 끄면 그 일을 바로 멈춰요.',
    notYours: '우연히 보고 신고한 일이라, 동의는 당사자에게 직접 물어봐요.',
    covered: '동의를 바꾸려면 먼저 앞 화면에서 ‘나만 아는 말’을 적어 주세요.',
    on: '켜짐',
    off: '꺼짐',
    unsaid: '아직 정하지 않았어요',
    since: '{when}부터',
    underWay: '멈추는 중이에요. 이미 보낸 요청은 사람이 거두어요. 다 되면 여기에 적을게요.',
    done: '모두 멈췄어요.',
    sureTitle: '지우기를 멈출까요?',
    sureText: '더는 지워 달라고 하지 않고, 막아 둔 것도 풀려요. 언제든지 다시 켤 수 있어요.',
    sureStop: '네, 멈춰 주세요',
    sureKeep: '아니요, 계속해 주세요',
    changed: '바꿨어요',
    toProgress: '진행 상황으로',
  },
  {
    askHint: 'Choose one by one. What you leave off is not done. You can change it later with your receipt.',
    askHintYoung: 'What you leave off is not done. You can leave it as it is, and change it later.',
    removal: 'Removal',
    removalMeans: 'We ask sites to remove it, and block it where they do not.',
    removalByLaw: 'What shows somebody under 18 is always removed: the law wants it.',
    investigation: 'Investigation',
    investigationMeans: 'The police look for who did it. Removal goes on without this too.',
    investigationByLaw: 'By law the police look for who did it. You decide how much you tell.',
    banks: 'Sharing fingerprints with others',
    banksMeans: 'Only numbers, never the picture, are shared, so that other sites stop it from coming back.',
    abroad: 'Telling police abroad',
    abroadMeans: 'Where a person or site is abroad we ask the police there for help. Your name is not sent.',
    title: 'What I consent to',
    lead: 'You decide what is on. When you switch something off, it stops at once.',
    notYours: 'You came across this, so we ask the person whom it is about.',
    covered: 'To change this, first enter the word that only you know on the page before.',
    on: 'On',
    off: 'Off',
    unsaid: 'Not decided yet',
    since: 'since {when}',
    underWay:
      'It is being stopped. What was sent already is taken back by a person. We will say here when it is done.',
    done: 'Everything has stopped.',
    sureTitle: 'Stop the removal?',
    sureText:
      'We will no longer ask for removal, and blocks are lifted. You can switch it on again at any time.',
    sureStop: 'Yes, stop it',
    sureKeep: 'No, go on',
    changed: 'Changed',
    toProgress: 'Back to the progress',
  },
)
