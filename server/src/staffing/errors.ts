import { refusals } from '#platform/refusals'

export const refused = refusals('staffing', {
  noOfficer: {
    status: 404,
    ko: '수사관을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such officer. Choose one from the list.',
  },
  teamFull: {
    status: 409,
    ko: '이 경찰청에는 이미 여섯 명이 근무합니다. 다른 곳을 고르거나 먼저 한 명을 옮겨 주세요.',
    en: 'This agency has six officers already. Choose another, or move one away first.',
  },
  stillHasCases: {
    status: 409,
    ko: '이 수사관이 맡은 사건이 아직 있습니다. 팀장이 다른 수사관에게 맡긴 뒤에 옮겨 주세요.',
    en: 'This officer still has open cases. Their team leader must give these to others first.',
  },
  notInAgency: {
    status: 409,
    ko: '이 경찰청에서 근무하는 수사관이 아닙니다. 같은 청의 수사관을 골라 주세요.',
    en: 'This officer does not serve at this agency. Choose one who does.',
  },
})
