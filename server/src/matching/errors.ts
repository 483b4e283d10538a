import { refusals } from '#platform/refusals'

export const refused = refusals('matching', {
  noMatch: {
    status: 404,
    ko: '일치 결과를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such match. Choose one from the list.',
  },
  noBank: {
    status: 404,
    ko: '비교 DB를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such bank. Choose one from the list.',
  },
  noEntry: {
    status: 404,
    ko: '이 비교 DB에 그런 식별값이 없습니다. 번호를 확인해 주세요.',
    en: 'This bank has no such entry. Check which one you mean.',
  },
  noFeed: {
    status: 404,
    ko: '일치 결과를 받도록 등록되어 있지 않습니다. 관리자에게 등록을 요청해 주세요.',
    en: 'There is no such feed of matches. Ask the administrator to make one.',
  },
  noSubscriber: {
    status: 404,
    ko: '그런 이름의 구독자가 없습니다. 먼저 구독자를 등록해 주세요.',
    en: 'There is no subscriber of this name. Add the subscriber first.',
  },
  feedExists: {
    status: 409,
    ko: '이 구독자는 이미 일치 결과를 받고 있습니다. 바꾸려면 먼저 끝내 주세요.',
    en: 'This subscriber has a feed already. End that one first to change it.',
  },
  nameTaken: {
    status: 409,
    ko: '같은 이름의 비교 DB가 있습니다. 다른 이름을 써 주세요.',
    en: 'There is a bank of this name. Choose another.',
  },
  limitsCrossed: {
    status: 422,
    ko: '일치 기준은 검토 기준보다 클 수 없습니다. 두 값을 고쳐 주세요.',
    en: 'The distance for a match cannot lie beyond that for a review. Mend the two.',
  },
  digestsOnly: {
    status: 422,
    ko: '해시 목록에는 MD5, SHA-1, SHA-256만 등록할 수 있습니다. 다른 비교 DB를 골라 주세요.',
    en: 'A list holds MD5, SHA-1 and SHA-256 only. Choose a bank of another kind.',
  },
  tooManyLines: {
    status: 422,
    ko: '한 번에 10,000줄까지 등록할 수 있습니다. 목록을 나누어 주세요.',
    en: 'At most 10,000 lines can be taken at once. Send the list in parts.',
  },
  noFilm: {
    status: 422,
    ko: '영상의 식별값을 읽을 수 없습니다. 한 줄에 프레임 하나씩 vPDQ 형식인지, 시간 순서가 맞는지 확인해 주세요.',
    en: 'The fingerprint of the film cannot be read. See that it has one frame a line, as vPDQ writes them, in order of time.',
  },
  tooManyLookups: {
    status: 429,
    ko: '조회가 너무 많습니다. 1분 뒤에 다시 시도해 주세요.',
    en: 'Too many look-ups. Try again in a minute.',
  },
  notConfirmed: {
    status: 409,
    ko: '확인된 일치만 취소할 수 있습니다. 화면을 새로 고쳐 현재 상태를 확인해 주세요.',
    en: 'Only a confirmed match can be taken back. Refresh the page to see how it stands.',
  },
  decidedOtherwise: {
    status: 409,
    ko: '이미 다르게 판단된 항목입니다. 사건을 다시 열어 확인해 주세요.',
    en: 'This was already decided the other way. Open the case again and look.',
  },
})
