import { refusals } from '#platform/refusals'

export const refused = refusals('blocking', {
  noOrder: {
    status: 404,
    ko: '접속차단 건을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such block order. Choose one from the list.',
  },
  notNow: {
    status: 409,
    ko: '지금 상태에서는 할 수 없습니다. 화면을 새로 고쳐 현재 상태를 확인해 주세요.',
    en: 'This cannot be done in the order’s present state. Reload to see where it stands.',
  },
  hostNotBlockable: {
    status: 409,
    ko: '이 호스트 전체는 차단할 수 없습니다. 범위를 주소로 바꾸어 요청해 주세요.',
    en: 'This host cannot be blocked as a whole. Request it with the scope “address”.',
  },
  critical: {
    status: 409,
    ko: '국민 생활에 꼭 필요한 사이트라 차단할 수 없습니다. 운영자에게 삭제를 요청해 주세요.',
    en: 'People depend on this site, so it is never blocked. Ask its operator for removal.',
  },
  basisDoesNotFit: {
    status: 409,
    ko: '이 사건에 맞지 않는 법적 근거입니다. 다른 근거를 골라 주세요.',
    en: 'This legal basis does not fit the case. Choose another.',
  },
  noPublication: {
    status: 404,
    ko: '아직 배포된 목록이 없습니다. 몇 초 뒤에 다시 받아 주세요.',
    en: 'No list has been published yet. Ask again in a few seconds.',
  },
  noHold: {
    status: 404,
    ko: '확인을 기다리는 목록이 없습니다. 화면을 새로 고쳐 주세요.',
    en: 'No list waits for a release. Reload the page.',
  },
})
