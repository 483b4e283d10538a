import { expect, test } from 'vitest'
import {
  composeNotice,
  faultsOf,
  InvalidNotice,
  noticeLanguages,
  regimeNames,
  regimes,
  type NoticeFields,
} from './index.ts'

const fields: NoticeFields = {
  reference: 'J-0A1B2C3D4E',
  url: 'https://board.host.example/view?no=31',
  itemType: 'filmed',
  offence: 'krSvpa14',
  reason: {
    ko: '당사자의 의사에 반하여 유포된 성적 촬영물입니다.',
    en: 'An intimate recording, distributed against the will of the person depicted.',
  },
  requester: {
    organisation: { ko: '디지털성범죄수사팀', en: 'Digital Sex Crime Investigation Unit' },
    contact: 'takedown@jikimi.example',
    capacity: { ko: '수사기관', en: 'Law enforcement, authorised agent of the person depicted' },
  },
  signature: { ko: '디지털성범죄수사팀', en: 'Digital Sex Crime Investigation Unit' },
  signedOn: '2026-11-23',
  goodFaith: true,
  addressee: 'operator',
  reminder: 0,
  round: 1,
  isChild: false,
}

test.each(regimeNames)('the notice under %s reads as it was agreed', regime => {
  expect(composeNotice(regime, fields, 'both')).toMatchSnapshot()
})

test('a reminder, a request to the host, a return and a child’s material each say so', () => {
  const asked = { ...fields, firstAskedOn: '2026-11-22' }
  const texts = [
    composeNotice('krTelecom', { ...asked, reminder: 1 }, 'ko'),
    composeNotice('generic', { ...asked, addressee: 'host' }, 'en'),
    composeNotice(
      'krSvpa',
      { ...asked, addressee: 'regulator', isChild: true, itemType: 'child', offence: 'krCpa11' },
      'ko',
    ),
    composeNotice('usTakeItDown', { ...fields, round: 2 }, 'en'),
  ]
  expect(texts).toMatchSnapshot()
})

test('every notice in every language forbids its republication and names its reference', () => {
  for (const regime of regimeNames) {
    for (const language of noticeLanguages) {
      const { subject, text } = composeNotice(regime, fields, language)
      expect(text).toMatch(language === 'ko' ? /게시하거나 게시자에게 전달하지/ : /Do not republish/)
      expect(subject).toContain(fields.reference)
    }
  }
})

test('a subject line names no address, no host and no mail address', () => {
  for (const regime of regimeNames) {
    const { subject } = composeNotice(regime, fields, 'both')
    expect(subject).not.toMatch(/https?:|host\.example|@/)
    expect(subject).not.toMatch(/[\r\n]/)
  }
})

test('a notice that lacks a field is refused, and the refusal names the field', () => {
  for (const regime of regimeNames) {
    for (const required of regimes[regime].required) {
      const [outer, inner] = required.split('.') as [keyof NoticeFields, string | undefined]
      const lacking = structuredClone(fields) as unknown as Record<
        string,
        Record<string, unknown> | undefined
      >
      if (inner === undefined) delete lacking[outer]
      else delete lacking[outer]![inner]
      expect(faultsOf(regime, lacking as never)).toContainEqual({ field: required, problem: 'missing' })
      expect(() => composeNotice(regime, lacking as never, 'ko')).toThrow(InvalidNotice)
    }
  }
})

test('an address that is none, or that carries lines of its own, is refused', () => {
  for (const url of [
    'board.host.example/view',
    'ftp://host.example/a',
    'https://host.example/a\nBcc: x',
    'javascript:1',
  ])
    expect(faultsOf('generic', { ...fields, url })).toEqual([{ field: 'url', problem: 'malformed' }])
})

test('a reason that names a telephone, a mail address or a resident number is refused', () => {
  for (const ko of ['연락처 010-1234-5678', 'someone@mail.example 님', '990101-2345678'])
    expect(faultsOf('krTelecom', { ...fields, reason: { ...fields.reason, ko } })).toEqual([
      { field: 'reason', problem: 'personalData' },
    ])
})

test('the British notice says that the commencement of its duty is not confirmed', () => {
  expect(composeNotice('ukOsa', fields, 'en').text).toContain(
    'not been able to confirm whether its 48-hour duty has commenced',
  )
  expect(composeNotice('ukOsa', fields, 'ko').text).toContain('시행일은 저희가 확인하지 못하였으며')
})
