import { refusals } from '#platform/refusals'

export const refused = refusals('evidence', {
  noExhibit: {
    status: 404,
    ko: '증거물을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such exhibit. Choose one from the list.',
  },
  noCaseForAddress: {
    status: 404,
    ko: '이 주소가 속한 사건을 찾을 수 없습니다. 사건을 다시 열어 확인해 주세요.',
    en: 'No case has this address. Open the case again and look.',
  },
  noPicture: {
    status: 415,
    ko: '이 증거물은 그림으로 볼 수 없습니다. 봉인된 파일을 내려받아 주세요.',
    en: 'This exhibit cannot be shown as a picture. Download its sealed file instead.',
  },
  damaged: {
    status: 503,
    ko: '봉인이 손상되어 열 수 없습니다. 관리자에게 백업을 요청해 주세요.',
    en: 'The seal is damaged and cannot be opened. Ask the administrator for the backup.',
  },
})
