/** What a verifier says: one sentence a finding, in Korean and English. */
export interface Finding {
  readonly code: string
  readonly ko: string
  readonly en: string
}

type Numbers = Readonly<Record<string, number | string>>
type Said = (numbers: Numbers) => { readonly ko: string; readonly en: string }

const say = (ko: string, en: string): Said => {
  const fill = (text: string, numbers: Numbers) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(numbers[name]))
  return numbers => ({ ko: fill(ko, numbers), en: fill(en, numbers) })
}

/** What was shown to hold. */
export const proven = {
  entries: say(
    '항목 {entries}건의 해시를 모두 다시 계산했고, 순서대로 빠짐없이 이어집니다 ({from} ~ {to}).',
    'The hashes of all {entries} entries were computed anew; they follow each other without a gap ({from} to {to}).',
  ),
  hidden: say(
    '항목 {hidden}건은 내용 없이 해시로만 들어 있으며, 그 해시도 같은 나무에서 제자리에 있습니다.',
    'Of {hidden} entries only the hash is in this file; each hash has its place in the same tree.',
  ),
  checkpoints: say(
    '서명된 확인점 {checkpoints}개가 모두 이 항목들의 나무와 일치하며, 앞의 확인점은 뒤의 확인점의 시작 부분입니다.',
    'All {checkpoints} signed checkpoints agree with the tree of these entries, and each is the beginning of the next.',
  ),
  head: say(
    '확인점 크기 {size}, 뿌리 해시 {root}: 이 값이 같으면 같은 이력입니다.',
    'Head: size {size}, root {root}. Whoever has the same has the same log.',
  ),
  key: say(
    '주신 검증 키의 주인이 서명했습니다.',
    'The holder of the verifier key that you gave has signed it.',
  ),
  grown: say(
    '전에 받은 확인점(크기 {size})은 이 이력의 시작 부분입니다. 그 뒤로 지워지거나 바뀐 것이 없습니다.',
    'The checkpoint that you had before (size {size}) is the beginning of this log: nothing in it was removed or changed since.',
  ),
} as const

/** What does not hold. */
export const faults = {
  notALog: say('이 파일은 지키미 이력 파일이 아닙니다.', 'This file is not a log of Jikimi.'),
  empty: say('이력에 항목이 없습니다.', 'The log has no entry.'),
  line: say('{line}번째 줄이 손상되었습니다.', 'Line {line} is damaged.'),
  key: say('파일 첫머리의 검증 키가 손상되었습니다.', 'The verifier key at the head of the file is damaged.'),
  otherKey: say(
    '이 파일은 주신 검증 키가 아닌 다른 키의 이력입니다.',
    'This file is the log of another key than the one that you gave.',
  ),
  order: say(
    '{line}번째 줄: 항목 {expected}번이 올 자리에 {index}번이 있습니다.',
    'Line {line}: entry {index} stands where entry {expected} should.',
  ),
  entry: say(
    '{line}번째 줄의 항목 {index}번이 기록된 형식과 다릅니다.',
    'Line {line}: entry {index} is not written as the log writes entries.',
  ),
  twice: say('{line}번째 줄: 같은 항목이 두 번 나옵니다.', 'Line {line}: an entry stands in the log twice.'),
  signature: say(
    '{line}번째 줄의 확인점 서명이 이 키의 것이 아닙니다.',
    'Line {line}: the checkpoint is not signed by this key.',
  ),
  origin: say(
    '{line}번째 줄의 확인점은 다른 이력의 것입니다.',
    'Line {line}: the checkpoint belongs to another log.',
  ),
  root: say(
    '{line}번째 줄: 확인점(크기 {size})이 앞의 항목들과 맞지 않습니다. 그 앞 항목 가운데 바뀌거나 빠지거나 더해진 것이 있습니다.',
    'Line {line}: the checkpoint of size {size} does not agree with the entries before it; one of them was changed, removed or added.',
  ),
  uncovered: say(
    '마지막 항목 {entries}건은 서명된 확인점으로 덮이지 않습니다.',
    'The last {entries} entries are under no signed checkpoint.',
  ),
  cut: say(
    '파일이 중간에서 끝납니다. 다시 내려받아 주세요.',
    'The file ends before its end. Fetch it again.',
  ),
  counts: say(
    '파일 끝에 적힌 개수가 내용과 다릅니다.',
    'The counts at the end of the file differ from what is in it.',
  ),
  trailing: say(
    '{line}번째 줄: 파일의 끝 뒤에 무언가가 더 있습니다.',
    'Line {line}: something follows the end of the file.',
  ),
  known: say(
    '전에 받은 확인점(크기 {size})이 이 이력과 맞지 않습니다. 이력이 갈라졌거나 되돌려졌습니다.',
    'The checkpoint that you had before (size {size}) does not agree with this log: it was forked or rolled back.',
  ),
  knownSignature: say(
    '전에 받은 확인점의 서명이 이 키의 것이 아닙니다.',
    'The checkpoint that you had before is not signed by this key.',
  ),
  more: say('그 밖에 {count}건이 더 있습니다.', '{count} more findings are not listed.'),
} as const

/** What no file of this kind can show. Said every time, so that nobody takes it for more. */
export const notProven = {
  hiddenContent: say(
    '해시로만 들어 있는 항목에 무엇이 적혀 있는지: 그 사건을 볼 수 있는 사람이 받은 기록에서 확인할 수 있습니다.',
    'What is written in the entries of which only the hash is here: whoever may see them can show it.',
  ),
  truth: say(
    '적힌 일이 실제로 그렇게 일어났는지: 이력은 프로그램이 적은 것만 보여 줍니다.',
    'That what is written happened so: the log shows what the program wrote.',
  ),
  outside: say(
    '프로그램 밖에서 일어난 일이 없는지: 서버나 열쇠를 직접 다룬 사람의 행위는 남지 않을 수 있습니다.',
    'That nothing happened beside it: what someone did to the server or its keys directly may have left no entry.',
  ),
  time: say(
    '적힌 시각이 맞는지: 서버 시계의 시각이며, 외부 시점확인은 들어 있지 않습니다.',
    'That the times are right: they are those of the server’s clock; no outside time stamp is included.',
  ),
  later: say(
    '이 파일 뒤에 이어진 항목: 새로 받은 파일로 다시 확인하세요.',
    'What came after this file: verify a newer one for that.',
  ),
  sameForAll: say(
    '다른 사람에게도 같은 이력을 보였는지: 위의 뿌리 해시를 서로 견주어 보세요.',
    'That others were shown the same log: compare the root above with theirs.',
  ),
  whoseKey: say(
    '키가 누구의 것인지: 파일 안에 든 키로 확인했습니다. 다른 길로 받은 키를 --key 로 주면 이것도 확인됩니다.',
    'Whose key it is: the key in the file itself was used. Give a key that reached you another way (--key) to have this checked, too.',
  ),
} as const
