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
    known: '널리 알려진 사람의 사건',
    knownHint: '표시해 두면, 담당 수사관이 아닌 사람이 열람할 때마다 개인정보 보호책임자에게 알려집니다.',
    markedKnown: '표시했습니다',
    unmarkedKnown: '표시를 지웠습니다',
  },
  {
    readers: 'Who has looked',
    noReaders: 'Nobody has looked yet',
    noReadersHint: 'Whoever reads the case or views an exhibit appears here.',
    person: 'Person',
    role: 'Role',
    times: 'Times',
    last: 'Last',
    known: 'A case of somebody whom many know',
    knownHint:
      'While marked, each reading by anybody but its officer is told to the data-protection officer.',
    markedKnown: 'Marked',
    unmarkedKnown: 'No longer marked',
  },
)
