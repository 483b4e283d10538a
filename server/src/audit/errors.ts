import { refusals } from '#platform/refusals'

export const refused = refusals('audit', {
  noEntry: {
    status: 404,
    ko: '이력에 그런 항목이 없습니다. 목록에서 다시 골라 주세요.',
    en: 'The log has no such entry. Choose one from the list.',
  },
  notSequencedYet: {
    status: 409,
    ko: '방금 기록된 항목입니다. 몇 초 뒤에 증명을 다시 받아 주세요.',
    en: 'This entry is only just recorded. Ask for its proof again in a few seconds.',
  },
})
