import { refusals } from '#platform/refusals'

export const refused = refusals('support', {
  noPromise: {
    status: 404,
    ko: '약속을 찾을 수 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such promise. Load the list again.',
  },
  promiseSettled: {
    status: 409,
    ko: '이미 끝난 약속입니다. 목록을 새로 고쳐 확인해 주세요.',
    en: 'This promise is settled already. Load the list again and look.',
  },
  notOnCase: {
    status: 422,
    ko: '이 사건을 볼 수 있는 사람이 아닙니다. 먼저 사건에 참여시키거나 역할을 골라 주세요.',
    en: 'This person does not see the case. Let them into it first, or choose a role.',
  },
  untilPassed: {
    status: 422,
    ko: '기한은 지금부터 2년 안의 앞날로 정해 주세요.',
    en: 'Choose a time that lies ahead, within two years.',
  },
})
