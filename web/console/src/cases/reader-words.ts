import { dictionary } from '@jikimi/shared/words.ts'

export const words = dictionary(
  {
    readers: '누가 열람했나',
    noReaders: '아직 아무도 열람하지 않았습니다',
    noReadersHint: '사건이나 증거물을 열람한 사람이 여기에 나타납니다.',
    person: '사람',
    role: '역할',
    times: '횟수',
    last: '마지막',
  },
  {
    readers: 'Who has looked',
    noReaders: 'Nobody has looked yet',
    noReadersHint: 'Whoever reads the case or views an exhibit appears here.',
    person: 'Person',
    role: 'Role',
    times: 'Times',
    last: 'Last',
  },
)
