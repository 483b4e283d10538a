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
  noRoster: {
    status: 409,
    ko: '이 조건으로는 당직표를 만들 수 없습니다. 모자라는 날짜와 지역을 함께 알려 드립니다.',
    en: 'No roster keeps these rules. The answer says which day or region lacks whom.',
  },
  dayPassed: {
    status: 422,
    ko: '당직표는 내일 이후의 날짜부터 만들 수 있습니다.',
    en: 'A roster begins tomorrow at the earliest.',
  },
  rosterStands: {
    status: 409,
    ko: '그 기간에 이미 당직표가 있습니다. 그 뒤의 날짜부터 만들어 주세요.',
    en: 'A roster stands in these days already. Begin after it.',
  },
  groundMoved: {
    status: 409,
    ko: '계산하는 동안 휴가나 근무지가 바뀌었습니다. 다시 만들어 주세요.',
    en: 'Leave or postings changed while the roster was being made. Make it again.',
  },
  noDuty: {
    status: 404,
    ko: '본인의 당직이 아니거나 이미 지난 당직입니다.',
    en: 'This is no duty of yours that is still to come.',
  },
  swapOpen: {
    status: 409,
    ko: '이 당직은 이미 교대를 요청했습니다. 답을 기다려 주세요.',
    en: 'Somebody was asked to take this duty already. Wait for the answer.',
  },
  noSwap: {
    status: 404,
    ko: '지금 답할 수 있는 교대 요청이 아닙니다. 목록을 다시 확인해 주세요.',
    en: 'This swap is not there for you to answer. Look at the list again.',
  },
  swapBreaks: {
    status: 409,
    ko: '교대하면 휴식, 휴가 또는 지역별 여성 수사관 조건에 어긋납니다. 다른 수사관에게 요청해 주세요.',
    en: 'This swap would break rest, leave, or the woman officer for each region. Ask somebody else.',
  },
  wrongSpan: {
    status: 422,
    ko: '오늘 이후의 기간을 순서대로 적어 주세요.',
    en: 'The days lie in the future, the first before the last.',
  },
  onCall: {
    status: 409,
    ko: '그 기간에 당직이 있습니다. 먼저 교대해 주세요.',
    en: 'There is a duty in these days. Swap it first.',
  },
  noLeave: { status: 404, ko: '등록된 기간을 찾을 수 없습니다.', en: 'There is no such entry.' },
  noCalendar: { status: 404, ko: '캘린더를 찾을 수 없습니다.', en: 'There is no such calendar.' },
  budgetSpent: {
    status: 409,
    ko: '오늘 또는 이번 주에 볼 수 있는 양을 다 보셨습니다. 쉬어 가시고, 꼭 필요하면 팀장에게 연장을 요청해 주세요.',
    en: 'You have seen as much as the day or the week allows. Please rest; where it must be, your leader can extend it.',
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
