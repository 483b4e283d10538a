import { dictionary } from '@jikimi/shared/words.ts'

/** Words of the frame that stands around every page, and of the first page. */
export const words = dictionary(
  {
    title: '안내',
    otherLanguage: 'English',
    leave: '나가기',
    leaveHint: '다른 화면으로 바로 바뀝니다. Esc 키를 세 번 눌러도 됩니다.',
    numbersTitle: '전화로 도움받기',
    police: '경찰. 지금 위험할 때',
    counsel: '디지털성범죄 상담, 24시간',
    centre: '디지털성범죄피해자지원센터',
    youth: '18세 미만, 학교폭력·청소년 상담',
    homeTitle: '여기서 도움을 받을 수 있어요',
    homeLead:
      '내 사진이나 영상이 허락 없이 퍼졌거나, 퍼뜨리겠다는 말을 들었나요? 당신 잘못이 아니에요. 알려 주시면 경찰이 찾아서 지우는 일을 시작해요.',
    report: '신고하기',
    haveReceipt: '접수번호가 있어요',
    promiseName: '이름도 가입도 필요 없어요.',
    promiseSkip: '답하기 싫은 질문은 건너뛰어도 돼요. 5분쯤 걸려요.',
    promiseFiles: '사진과 영상은 이 기기 밖으로 나가지 않아요.',
    promiseTrace:
      '이 기기에 아무것도 저장하지 않아요. 방문 기록에 이 화면의 주소가 남는 것이 걱정되면 시크릿 창(비공개 창)으로 열어 주세요.',
    promiseLeave: '누가 오면 ‘나가기’를 누르거나 Esc 키를 세 번 누르세요. 바로 다른 화면이 나와요.',
    back: '뒤로',
    again: '다시 해 보기',
    loading: '불러오는 중이에요',
  },
  {
    title: 'Guide',
    otherLanguage: '한국어',
    leave: 'Leave',
    leaveHint: 'Changes to another page at once. Pressing Esc three times does the same.',
    numbersTitle: 'Help by telephone',
    police: 'Police, if you are in danger now',
    counsel: 'Counselling on digital sex crimes, 24 hours',
    centre: 'Digital Sex Crime Victim Support Center',
    youth: 'Under 18: help for children and teenagers',
    homeTitle: 'You can get help here',
    homeLead:
      'Has a picture or video of you been shared without your consent, or is someone threatening to share it? It is not your fault. Tell us, and the police will start to find it and have it taken down.',
    report: 'Report it',
    haveReceipt: 'I have a receipt number',
    promiseName: 'No name and no account needed.',
    promiseSkip: 'Skip any question you do not want to answer. It takes about five minutes.',
    promiseFiles: 'Your pictures and videos never leave this device.',
    promiseTrace:
      'Nothing is stored on this device. If you worry about the browser’s history, open this page in a private window.',
    promiseLeave: 'If someone comes, press “Leave”, or Esc three times. Another page appears at once.',
    back: 'Back',
    again: 'Try again',
    loading: 'Loading',
  },
)

/**
 * Telephone numbers on every page. Sources: 112, police emergency (경찰청). 1366, one number for counselling on
 * digital sex crimes, all day and all year, since 17 April 2025 (여성가족부, korea.kr newsId=148941931).
 * 02-735-8994, 중앙디지털성범죄피해자지원센터 (d4u.stop.or.kr). 117, school violence and children (경찰청).
 */
export const numbers = [
  { number: '112', dial: '112', what: 'police' },
  { number: '1366', dial: '1366', what: 'counsel' },
  { number: '02-735-8994', dial: '027358994', what: 'centre' },
  { number: '117', dial: '117', what: 'youth' },
] as const
