import { refusals } from '#platform/refusals'

export const refused = refusals('cases', {
  noCase: {
    status: 404,
    ko: '사건을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such case. Choose one from the list.',
  },
  noMatter: {
    status: 404,
    ko: '이 사건에 그런 처리할 일이 없습니다. 사건을 다시 열어 확인해 주세요.',
    en: 'The case has no such matter. Open the case again and look.',
  },
  caseClosed: {
    status: 409,
    ko: '종결된 사건입니다. 처리할 일이 다시 생기면 담당자를 정할 수 있습니다.',
    en: 'The case is closed. An officer can be assigned once a matter is open again.',
  },
  womanWanted: {
    status: 409,
    ko: '신고인이 여성 수사관을 원했습니다. 여성 수사관을 골라 주세요.',
    en: 'The reporter asked for a woman. Choose a woman officer.',
  },
})
