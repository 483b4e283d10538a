import { refusals } from '#platform/refusals'

export const refused = refusals('takedown', {
  noTarget: {
    status: 404,
    ko: '삭제 대상을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such target. Choose one from the list.',
  },
  noNotice: {
    status: 404,
    ko: '삭제요청서를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such notice. Choose one from the list.',
  },
  noProvider: {
    status: 404,
    ko: '사업자를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such provider. Choose one from the list.',
  },
  noChannel: {
    status: 409,
    ko: '요청을 보낼 통로를 담당자가 골라야 합니다.',
    en: 'No channel is known for this host. An officer must choose one.',
  },
  channelUnknown: {
    status: 404,
    ko: '고르신 통로가 없거나 더는 쓰이지 않습니다. 사업자 목록에서 다시 골라 주세요.',
    en: 'The chosen channel does not exist or is no longer in use. Choose one from the providers.',
  },
  notNow: {
    status: 409,
    ko: '지금 상태에서는 할 수 없는 일입니다. 화면을 새로 고쳐 현재 상태를 확인해 주세요.',
    en: 'This cannot be done in the present state. Refresh the page to see the state.',
  },
  notByHand: {
    status: 409,
    ko: '이 요청서는 프로그램이 보냅니다. 직접 제출하는 요청서에만 표시할 수 있습니다.',
    en: 'The program sends this notice itself. Only a notice that is handed in by a person can be marked.',
  },
  domainTaken: {
    status: 409,
    ko: '이 도메인은 이미 다른 사업자에 등록되어 있습니다. 그 사업자를 고쳐 주세요.',
    en: 'This domain belongs to another provider in the directory. Change that one.',
  },
})
