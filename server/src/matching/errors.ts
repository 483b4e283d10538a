import { refusals } from '#platform/refusals'

export const refused = refusals('matching', {
  noMatch: {
    status: 404,
    ko: '일치 결과를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such match. Choose one from the list.',
  },
  decidedOtherwise: {
    status: 409,
    ko: '이미 다르게 판단된 항목입니다. 사건을 다시 열어 확인해 주세요.',
    en: 'This was already decided the other way. Open the case again and look.',
  },
})
