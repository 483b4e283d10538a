import { expect, test } from 'vitest'
import { likeness } from './likeness.ts'
import { readPage } from './page.ts'
import { siblingAddress } from './sibling.ts'
import { judge, type MediaSeen, type Observation, type Seen } from './verdict.ts'

const url = 'https://board.host.example/view/31'
const media = (at: MediaSeen['at']): MediaSeen => ({ at, distance: null, sha256: null })
const long = Array.from(
  { length: 300 },
  (_, index) => `낱말${String.fromCodePoint(0xac00 + index)} story`,
).join(' ')
const page = (body: string, title = '게시판') => readPage(`<title>${title}</title><body>${body}`, url)
const seen = (given: Partial<Extract<Seen, { kind: 'page' }>> = {}): Extract<Seen, { kind: 'page' }> => ({
  kind: 'page',
  status: 200,
  asked: url,
  url,
  page: page(`<p>${long}`),
  ...given,
})
const look = (given: Partial<Observation>): Observation => ({
  seen: seen(),
  media: [],
  sibling: undefined,
  ...given,
})
const verdictOf = (given: Partial<Observation>, hasSeenMedia = true) => {
  const { verdict, isSure } = judge(look(given), hasSeenMedia)
  return [verdict, isSure]
}

test.each([
  ['a page that is gone by its status', { seen: seen({ status: 404 }) }, ['downHard', true]],
  ['one that is gone for legal reasons', { seen: seen({ status: 451 }) }, ['downHard', true]],
  ['a name that is no more', { seen: { kind: 'nameGone' } as const }, ['downHard', true]],
  ['a host that refuses the line', { seen: { kind: 'refused' } as const }, ['downHard', true]],
  ['a line that breaks', { seen: { kind: 'unreachable' } as const }, ['unknown', false]],
  ['a server in trouble', { seen: seen({ status: 502 }) }, ['unknown', false]],
  ['a door that is shut to machines', { seen: seen({ status: 403 }) }, ['botWall', false]],
  [
    'a challenge',
    { seen: seen({ page: page('Just a moment... checking your browser') }) },
    ['botWall', false],
  ],
  [
    'a sign-in',
    { seen: seen({ page: page(`<form><input type=password></form>${long}`) }) },
    ['loginWall', false],
  ],
  ['a page with the material', { media: [media('other'), media('same')] }, ['upSame', true]],
  [
    'one that leads elsewhere, to the material',
    { seen: seen({ url: 'https://board.host.example/view/99' }), media: [media('same')] },
    ['moved', true],
  ],
  [
    'a turn to www',
    { seen: seen({ url: 'https://www.board.host.example/view/31' }), media: [media('same')] },
    ['upSame', true],
  ],
  [
    'Korea’s own stop page',
    { seen: seen({ url: 'https://www.warning.or.kr/i1.html' }) },
    ['krFiltered', false],
  ],
  [
    'a short page that says so',
    { seen: seen({ page: page('이 게시물은 삭제되었습니다.') }) },
    ['downSoft', true],
  ],
  [
    'a long page in which the words stand',
    { seen: seen({ page: page(`${long} was removed`) }) },
    ['downSoft', false],
  ],
  ['a page without its media', { media: [media('gone')] }, ['mediaGone', true]],
  ['a page with other media', { media: [media('other')] }, ['upChanged', true]],
  ['a picture near to it', { media: [media('near')] }, ['upChanged', false]],
  ['media that could not be read', { media: [media('gone'), media('unreadable')] }, ['unknown', false]],
  ['a page that is now without media', {}, ['mediaGone', false]],
  ['a turn to the front page', { seen: seen({ url: 'https://board.host.example/' }) }, ['downSoft', false]],
] as const)('%s', (_, given, expected) => {
  expect(verdictOf(given)).toEqual(expected)
})

test('a page like the site’s answer for an address that never was is down, where it had answered otherwise', () => {
  const sibling = { status: 200, page: page(`<p>${long} 42`) }
  expect(verdictOf({ sibling })).toEqual(['downSoft', true])
  // Without an earlier look that saw the material this may be a page that only a browser fills.
  expect(verdictOf({ sibling }, false)).toEqual(['downSoft', false])
  expect(verdictOf({ sibling: { ...sibling, status: 404 } }, false)).toEqual(['unknown', false])
})

test('likeness tells one page with other numbers from another page', () => {
  const text = (words: string) => ({ title: 'board', text: words })
  expect(likeness(text(`${long} 1 2 3`), text(`${long} 7 8 9`))).toBeGreaterThan(0.99)
  const other = Array.from(
    { length: 300 },
    (_, index) => `word${String.fromCodePoint(0xb000 + index)} tale`,
  ).join(' ')
  expect(likeness(text(long), text(other))).toBeLessThan(0.6)
  expect(likeness(text('not found here'), text('a story of a cat'))).toBeLessThan(0.3)
})

test('a sibling address differs in its last part only, and in kind', () => {
  expect(siblingAddress('https://h.example/view?board=a&no=31')).toMatch(
    /^https:\/\/h\.example\/view\?board=a&no=9\d{4}$/,
  )
  expect(siblingAddress('https://h.example/v/31.html')).toMatch(/^https:\/\/h\.example\/v\/9\d{4}\.html$/)
  expect(siblingAddress('https://h.example/v/a-title')).toMatch(/^https:\/\/h\.example\/v\/[\w-]{16}$/)
})

test('a page is read without running it: media once each, icons and scripts left out, however deep it is nested', () => {
  const read = readPage(
    `<title> A  title </title><base href="/deep/"><script>document.write('x')</script><style>p{}</style>
     <meta property="og:image" content="cover.jpg"><video poster=p.jpg><source src="a.mp4"></video>
     <img src="cover.jpg"><img src="icon.png" width=16><img src="data:image/png;base64,AA=="><a href="../more">more</a> words`,
    url,
  )
  expect(read.title).toBe('A title')
  expect(read.text).toBe('more words')
  expect(read.media).toEqual([
    'https://board.host.example/deep/a.mp4',
    'https://board.host.example/deep/cover.jpg',
    'https://board.host.example/deep/p.jpg',
  ])
  expect(read.links).toEqual(['https://board.host.example/more'])
  expect(readPage('<div>'.repeat(20_000) + 'core', url).title).toBe('')
})
