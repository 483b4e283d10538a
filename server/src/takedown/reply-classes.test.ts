import { expect, test } from 'vitest'
import { classify, type ReadMail } from './reply-classes.ts'

const mail = (text: string, given: Partial<ReadMail> = {}): ReadMail => ({
  subject: 'Re: [삭제요청] (관리번호 J-1)',
  text,
  headers: new Map(),
  deliveryStatus: undefined,
  ...given,
})

test.each([
  ['요청하신 게시물을 삭제 완료하였습니다.', 'claimsRemoved'],
  ['해당 URL은 차단 조치되었습니다.', 'claimsRemoved'],
  ['We have removed the content.', 'claimsRemoved'],
  ['The video has been taken down and the account terminated.', 'claimsRemoved'],
  ['해당 게시물은 당사 정책 위반에 해당하지 않습니다.', 'refuses'],
  ['본 요청은 반려되었습니다.', 'refuses'],
  ['We will not remove this content.', 'refuses'],
  ['Your request was denied.', 'refuses'],
  ['The reported content does not violate our policy.', 'refuses'],
  ['첨부된 양식을 작성하여 다시 제출해 주시기 바랍니다.', 'asksForMore'],
  ['보완 요청: 위임장을 보내 주십시오.', 'asksForMore'],
  ['Please use our web form to report this.', 'asksForMore'],
  ['Please provide additional information.', 'asksForMore'],
  ['접수되었습니다. 검토 후 연락드리겠습니다.', 'acknowledgement'],
  ['Thank you for contacting us. Your ticket is 4711.', 'acknowledgement'],
  ['안녕하세요.', 'unknown'],
  ['', 'unknown'],
] as const)('%s → %s', (text, kind) => {
  expect(classify(mail(text))).toBe(kind)
})

test('what a mail quotes of ours is not what it says', () => {
  const quoted =
    'Hello.\n\nOn Mon, 23 Nov 2026 Jikimi <takedown@jikimi.example> wrote:\n> The material had been removed and is back.\n'
  expect(classify(mail(quoted))).toBe('unknown')
  expect(classify(mail('감사합니다.\n-----원본 메시지-----\n삭제가 완료되었습니다'))).toBe('unknown')
})

test('an automatic answer is a receipt, a delivery report what it reports', () => {
  expect(classify(mail('out of office', { headers: new Map([['auto-submitted', 'auto-replied']]) }))).toBe(
    'acknowledgement',
  )
  expect(classify(mail('x', { headers: new Map([['auto-submitted', 'no']]) }))).toBe('unknown')
  const report = (action: string) =>
    mail('', {
      deliveryStatus: `Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b\nAction: ${action}\nStatus: 5.1.1`,
    })
  expect([classify(report('failed')), classify(report('delayed')), classify(report('relayed'))]).toEqual([
    'bounce',
    'delayed',
    'acknowledgement',
  ])
})
