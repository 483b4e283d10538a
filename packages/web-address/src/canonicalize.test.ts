import { expect, test } from 'vitest'
import { canonicalize, findAddresses } from './index.ts'

const canonical = (text: string, options = {}) => {
  const read = canonicalize(text, options)
  return read.ok ? read.canonical : read.code
}

test.each([
  [
    'https://board-one.example:8443/post/1?id=7&page=2#comments',
    'https://board-one.example:8443/post/1?id=7&page=2',
  ],
  ['http://board.example:80/', 'http://board.example/'],
  ['https://board.example:443/', 'https://board.example/'],
  ['HTTPS://Board.Example./a/../b//c/./', 'https://board.example/b/c/'],
  ['http:board.example/x', 'http://board.example/x'],
  ['//board.example/x', 'http://board.example/x'],
  ['http:\\\\board.example\\x', 'http://board.example/x'],
  ['http://name:secret@board.example/x', 'http://board.example/x'],
  ['http://harmless.example%2F@board.example/', 'http://board.example/'],
  ['board.example:8080/x', 'http://board.example:8080/x'],
  ['http://한국.example/게시판/1', 'http://xn--3e0b707e.example/%EA%B2%8C%EC%8B%9C%ED%8C%90/1'],
  ['http://XN--3E0B707E.example/', 'http://xn--3e0b707e.example/'],
  ['http://%ED%95%9C%EA%B5%AD.example/', 'http://xn--3e0b707e.example/'],
  ['http://8.8.2056/', 'http://8.8.8.8/'],
  ['http://0x08.010.8.8/', 'http://8.8.8.8/'],
  ['http://[2001:DB8:0:0::1]/', 'http://[2001:db8::1]/'],
  ['http://[::ffff:8.8.8.8]/', 'http://8.8.8.8/'],
  ['http://[64:ff9b::808:808]/', 'http://8.8.8.8/'],
  ['http://user_name.board.example/', 'http://user_name.board.example/'],
  ['http://bo\u200bard.example/\u00ada', 'http://board.example/a'],
])('%j is %j', (text, expected) => {
  expect(canonical(text)).toBe(expected)
})

test.each([
  ['', 'notAnAddress'],
  ['안녕하세요', 'notAnAddress'],
  ['hello', 'notAnAddress'],
  ['note.txt', 'notAnAddress'],
  ['kim@mail.example', 'notAnAddress'],
  ['http://', 'notAnAddress'],
  ['http://256.256.256.256/', 'notAnAddress'],
  ['http://board.example:99999/', 'notAnAddress'],
  [`http://${'a'.repeat(64)}.example/`, 'notAnAddress'],
  ['ftp://board.example/', 'badScheme'],
  ['javascript:alert(1)', 'badScheme'],
  ['data:text/html,x', 'badScheme'],
  ['mailto:kim@mail.example', 'badScheme'],
  ['http://127.0.0.1/', 'privateNetwork'],
  ['http://2130706433/', 'privateNetwork'],
  ['http://[::1]/', 'privateNetwork'],
  ['http://[fe80::1]/', 'privateNetwork'],
  ['http://[::ffff:10.0.0.1]/', 'privateNetwork'],
  ['http://192.168.0.10/x', 'privateNetwork'],
  ['http://169.254.169.254/latest', 'privateNetwork'],
  ['http://localhost:3000/', 'privateNetwork'],
  ['http://intranet/', 'privateNetwork'],
  ['http://printer.local/', 'privateNetwork'],
  [`http://board.example/${'a'.repeat(9000)}`, 'tooLong'],
  ['board-one.example/1 와 board-two.example/2', 'several'],
])('%j is refused: %s', (text, code) => {
  expect(canonical(text)).toBe(code)
})

test('a trial may allow what lies on its own machine', () => {
  expect(canonical('http://127.0.0.1:8080/x', { allowPrivate: true })).toBe('http://127.0.0.1:8080/x')
})

test('what a browser opens keeps the escapes that the server expects', () => {
  const read = canonicalize('http://board.example/view?u=http%3A%2F%2Fa.example%26b#page-2')
  expect(read).toMatchObject({
    canonical: 'http://board.example/view?u=http://a.example&b',
    openable: 'http://board.example/view?u=http%3A%2F%2Fa.example%26b#page-2',
  })
})

test('one user of a hosting platform is a registrant of their own', () => {
  expect(canonicalize('https://someone.github.io/x')).toMatchObject({
    registrable: 'someone.github.io',
    publicSuffix: 'github.io',
  })
  expect(canonicalize('https://github.io/')).toMatchObject({ registrable: null, publicSuffix: 'github.io' })
  expect(canonicalize('https://a.b.board.co.kr/')).toMatchObject({
    registrable: 'board.co.kr',
    publicSuffix: 'co.kr',
  })
  expect(canonicalize('http://board-one.example/')).toMatchObject({ registrable: 'board-one.example' })
  expect(canonicalize('http://8.8.8.8/')).toMatchObject({ registrable: null, publicSuffix: null })
})

test.each([
  ['여기 http://board.example/post/1에 올라왔어요. 도와주세요', ['http://board.example/post/1']],
  ['제 영상이 board.example/v?id=3에서 퍼지고 있어요', ['http://board.example/v?id=3']],
  ['주소:board.example/7입니다', ['http://board.example/7']],
  ['링크(https://board.example/a_(1))를 봐주세요', ['https://board.example/a_(1)']],
  ['hxxps://board[.]example/9 이거요', ['https://board.example/9']],
  [
    '“https://board.example/10”, 그리고 https://other.example/11.',
    ['https://board.example/10', 'https://other.example/11'],
  ],
  ['https://a.example/1https://b.example/2', ['https://a.example/1', 'https://b.example/2']],
  ['http://a.example/go?to=https://b.example/2', ['http://a.example/go?to=https://b.example/2']],
  [
    'http://board.example/게시판/사진 이에요',
    ['http://board.example/%EA%B2%8C%EC%8B%9C%ED%8C%90/%EC%82%AC%EC%A7%84'],
  ],
  ['메일은 kim@mail.example 이고 3.5점 줬어요. ㅠㅠ...', []],
  ['http://a.example/1\nhttp://a.example/1\nHTTP://A.example/1', ['http://a.example/1']],
])('in %j the addresses are %j', (text, expected) => {
  expect(findAddresses(text).map(found => found.canonical)).toEqual(expected)
})

test('words around one address are tolerated', () => {
  expect(canonical('제 사진이 여기 있어요: https://board.example/post/5 ㅠㅠ')).toBe(
    'https://board.example/post/5',
  )
})
