/**
 * The report that the stand-in server shows, and its conversation, sealed as the portal seals them.
 *
 * @module
 */
import type { Message, ReportRead } from '../intake/api.ts'
import { sealed } from './mailbox.ts'
import { addresses, cases } from './rows.ts'
import { ago, idOf } from './unit.ts'

export const report: ReportRead = {
  report: idOf(6, 1),
  case: cases[0]!.case,
  filedAt: ago(52),
  language: 'ko',
  concern: 'leak',
  relation: 'self',
  ageUnder18: false,
  particulars: { suspect: 'close', demand: 'money', deadline: 'days' },
  isKeptFromGuardian: false,
  region: 'seoul',
  story: '',
  storyLetter: await sealed(
    '지난주에 지인이 알려 줘서 알게 되었습니다. 예전에 찍은 영상이 여러 사이트에 올라와 있습니다.\n올린 사람이 누구인지는 모르겠습니다. 가족에게는 알려지지 않았으면 합니다.',
  ),
  hasMailbox: true,
  wantsWoman: true,
  contact: { way: 'text', value: '010-0000-0000', note: '평일 저녁 7시 이후, 전화 말고 문자로' },
  unreadable: [{ text: '트위터에 있는 그 계정', code: 'notAnAddress' }],
  pictures: 3,
  videos: 1,
  addresses: addresses.map(({ address, canonical, source }) => ({ address, canonical, source })),
  unread: 1,
}
const message = async (
  index: number,
  from: Message['from'],
  text: string,
  isRead = true,
): Promise<Message> => ({
  id: idOf(7, index),
  from,
  text: null,
  letter: await sealed(text),
  writtenAt: ago(40 - index * 7),
  readAt: isRead ? ago(39 - index * 7) : null,
})
export const messages: readonly Message[] = await Promise.all([
  message(
    1,
    'officer',
    '신고해 주셔서 고맙습니다. 알려 주신 주소 여섯 곳의 화면을 보존했고, 확인되는 곳부터 삭제를 요청합니다.',
  ),
  message(2, 'reporter', '감사합니다. 한 곳이 더 있는데 주소를 어떻게 보내면 되나요?'),
  message(
    3,
    'officer',
    '접수번호로 들어오셔서 ‘주소 추가’에 붙여 넣으시면 됩니다. 천천히 하셔도 괜찮습니다.',
  ),
  message(4, 'reporter', '방금 추가했어요. 언제쯤 결과를 알 수 있을까요?', false),
])
