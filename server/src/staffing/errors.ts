import { refusals } from '#platform/refusals'

export const refused = refusals('staffing', {
  noOfficer: {
    status: 404,
    ko: '수사관을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such officer. Choose one from the list.',
  },
  noAgency: {
    status: 422,
    ko: '경찰청을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such agency. Choose one from the list.',
  },
  agencyExists: {
    status: 409,
    ko: '같은 코드의 경찰청이 이미 있습니다. 다른 코드를 적어 주세요.',
    en: 'An agency has this code already. Choose another.',
  },
  ruleBroken: {
    status: 409,
    ko: '배치 규칙(경찰청마다 1–6명, 여성 수사관 1명 이상, 전국 정원)에 어긋납니다. 무엇이 모자라고 어떻게 옮기면 되는지 함께 알려 드립니다.',
    en: 'This would break the staffing rule: one to six officers a team, a woman in each, the establishment in all. The answer says what would be missing and which moves would mend it.',
  },
  notCommander: {
    status: 403,
    ko: '배치 규칙의 예외는 총괄만 이유를 적고 허락할 수 있습니다.',
    en: 'Only a commander may break the staffing rule knowingly, with a reason.',
  },
  wrongDate: {
    status: 422,
    ko: '시정 기한은 오늘 이후, 180일 안의 날짜여야 합니다.',
    en: 'The date by which it is mended lies after today, within 180 days.',
  },
  noTimeLeft: {
    status: 503,
    ko: '정해진 시간 안에 계산을 마치지 못했습니다. 잠시 뒤 다시 시도해 주세요.',
    en: 'The solver did not finish in time. Please try again in a moment.',
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
