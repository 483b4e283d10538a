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
  noCounselling: {
    status: 404,
    ko: '본인이 맡은 상담이 아니거나 없는 상담입니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such session, or it is another counsellor’s. Load the list again.',
  },
  noWay: {
    status: 409,
    ko: '지금 상태에서는 그렇게 바꿀 수 없습니다. 목록을 새로 고쳐 확인해 주세요.',
    en: 'That cannot follow from where it stands now. Load the list again and look.',
  },
  noInterpreter: {
    status: 409,
    ko: '통역을 요청하지 않은 상담입니다.',
    en: 'No interpreter was asked for with this session.',
  },
  noNote: {
    status: 404,
    ko: '상담 기록이 없거나, 피해자가 열람을 허락하지 않았습니다.',
    en: 'There is no such note, or the victim has not allowed you to read it.',
  },
  mayNotBeAllowed: {
    status: 422,
    ko: '상담 기록은 다른 상담원이나 변호사 협력관에게만 열람을 허락할 수 있습니다.',
    en: 'Only another counsellor or a lawyer liaison can be allowed to read counselling notes.',
  },
  alreadyAllowed: {
    status: 409,
    ko: '이미 열람이 허락된 사람입니다.',
    en: 'This person is allowed already.',
  },
  noAllowance: {
    status: 404,
    ko: '열람 허락을 찾을 수 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such permission. Load the list again.',
  },
  noBody: {
    status: 404,
    ko: '지원기관을 찾을 수 없거나 닫힌 기관입니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such body, or it is closed. Choose one from the directory.',
  },
  noReferral: {
    status: 404,
    ko: '연계를 찾을 수 없거나 볼 수 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such referral, or it is not yours to see. Load the list again.',
  },
  noAgent: {
    status: 422,
    ko: '협력기관 담당자의 계정이 아닙니다. 계정 목록에서 역할을 확인해 주세요.',
    en: 'This is not the account of a partner’s agent. Look at its role in the list of accounts.',
  },
  untilPassed: {
    status: 422,
    ko: '기한은 지금부터 2년 안의 앞날로 정해 주세요.',
    en: 'Choose a time that lies ahead, within two years.',
  },
})
