/**
 * The people of the synthetic unit: agencies, officers, accounts, and what each role may do.
 *
 * @module
 */
import type { Account, RightLine, Role } from '../access/api.ts'
import type { Officer, StaffingRow } from '../staffing/api.ts'

export const hourMs = 3_600_000
const start = Date.now()
export const ago = (hours: number) => new Date(start - hours * hourMs).toISOString()
export const idOf = (kind: number, index: number) =>
  `0193a000-00${String(kind).padStart(2, '0')}-7000-8000-${String(index).padStart(12, '0')}`

export const agencies = [
  ['seoul', '서울', 'Seoul'],
  ['busan', '부산', 'Busan'],
  ['daegu', '대구', 'Daegu'],
  ['incheon', '인천', 'Incheon'],
  ['gwangju', '광주', 'Gwangju'],
  ['daejeon', '대전', 'Daejeon'],
  ['ulsan', '울산', 'Ulsan'],
  ['sejong', '세종', 'Sejong'],
  ['gyeonggi-nambu', '경기남부', 'Gyeonggi Nambu'],
  ['gyeonggi-bukbu', '경기북부', 'Gyeonggi Bukbu'],
  ['gangwon', '강원', 'Gangwon'],
  ['chungbuk', '충북', 'Chungbuk'],
  ['chungnam', '충남', 'Chungnam'],
  ['jeonbuk', '전북', 'Jeonbuk'],
  ['jeonnam', '전남', 'Jeonnam'],
  ['gyeongbuk', '경북', 'Gyeongbuk'],
  ['gyeongnam', '경남', 'Gyeongnam'],
  ['jeju', '제주', 'Jeju'],
].map(([code, ko, en]) => ({ code: code!, ko: `${ko}경찰청`, en: `${en} Provincial Police` }))

export const names: Readonly<Record<Role, string>> = {
  officer: '김하늘',
  leader: '이서연',
  commander: '박도윤',
  counsellor: '정유진',
  lawyerLiaison: '강다온',
  evidenceCustodian: '조은결',
  dataProtectionOfficer: '임가을',
  partnerAgent: '신바다',
  administrator: '최민호',
}
const ranks: readonly Role[] = [
  'officer',
  'leader',
  'commander',
  'counsellor',
  'administrator',
  'lawyerLiaison',
  'evidenceCustodian',
  'dataProtectionOfficer',
  'partnerAgent',
]
const ofAgency: readonly Role[] = ['officer', 'leader', 'counsellor', 'evidenceCustodian']

export const accountOf = (role: Role): Account => ({
  account: idOf(1, ranks.indexOf(role) + 1),
  name: names[role],
  email: `${role}@police.example`,
  role,
  officer: role === 'officer' || role === 'leader' ? idOf(2, ranks.indexOf(role) + 1) : null,
  agency: ofAgency.includes(role) ? 'seoul' : null,
  hasPasskey: role !== 'counsellor',
  hasTotp: role !== 'commander',
  isActive: true,
  enrolledAt: ago(24 * 40),
})
export const accounts: readonly Account[] = [
  ...ranks.map(accountOf),
  {
    ...accountOf('officer'),
    account: idOf(1, 19),
    name: '한지우',
    email: 'former@police.example',
    isActive: false,
  },
]

const unit = ranks.filter(role => role !== 'partnerAgent')
const team: readonly Role[] = ['officer', 'leader']
const caseStaff: readonly Role[] = ['officer', 'leader', 'counsellor']
const caseReaders: readonly Role[] = [...caseStaff, 'lawyerLiaison', 'evidenceCustodian']
const table: readonly (readonly [string, readonly Role[], string, string])[] = [
  [
    'access.manage',
    ['administrator'],
    '계정과 초대를 관리합니다',
    'Invites people and switches accounts on and off',
  ],
  [
    'access.reset',
    ['commander', 'administrator'],
    '다른 사람이 요청한 계정 재설정을 승인합니다',
    'Approves that an account is reset',
  ],
  [
    'audit.read',
    ['dataProtectionOfficer', 'administrator'],
    '사건에 속하지 않는 이력을 봅니다',
    'Reads the entries of no case',
  ],
  ['staffing.read', unit, '경찰청별 인력을 봅니다', 'Sees who serves where'],
  [
    'staffing.change',
    ['commander', 'administrator'],
    '수사관을 등록하고 배치합니다',
    'Adds officers and posts them',
  ],
  ['staffing.discharge', ['commander'], '수사관의 근무를 끝냅니다', 'Ends an officer’s service'],
  ['staffing.plan', ['commander', 'administrator'], '배치안을 계산합니다', 'Has a plan made'],
  ['staffing.establish', ['commander'], '전국 정원을 정합니다', 'Sets the establishment'],
  ['staffing.roster', ['commander'], '당직표를 만듭니다', 'Makes the on-call roster'],
  ['staffing.lead', ['leader'], '팀원의 휴가를 등록합니다', 'Notes the team’s days off'],
  ['staffing.approve', ['leader', 'commander'], '당직 교대를 승인합니다', 'Approves swaps of duties'],
  ['staffing.own', team, '본인의 당직을 교대합니다', 'Swaps their own duties'],
  ['staffing.agencies', ['administrator'], '경찰청을 추가합니다', 'Adds local agencies'],
  ['intake.read', caseStaff, '신고와 메시지를 읽습니다', 'Reads reports and messages'],
  [
    'intake.renew',
    caseStaff,
    '접수번호를 잃어버린 신고인을 직접 확인하고 새로 줍니다',
    'Gives a new receipt to somebody who has lost theirs, seen in person',
  ],
  ['intake.write', caseStaff, '신고인에게 메시지를 씁니다', 'Writes to the person who reported'],
  ['cases.read', caseReaders, '알아야 할 사건만 봅니다', 'Sees the cases that they need to know'],
  ['cases.breakGlass', team, '긴급한 때 다른 팀의 사건을 봅니다', 'Breaks the glass in an emergency'],
  [
    'cases.reviewGlass',
    ['leader', 'commander', 'dataProtectionOfficer'],
    '긴급 열람이 적절했는지 확인합니다',
    'Reviews emergency openings',
  ],
  ['cases.readers', caseReaders, '사건을 누가 열람했는지 봅니다', 'Sees who has looked at a case'],
  ['cases.letIn', team, '다른 사람을 참여시킵니다', 'Lets others into a case'],
  ['audit.protect', ['dataProtectionOfficer'], '이례적인 열람을 확인합니다', 'Looks into unusual reading'],
  ['cases.assign', ['leader'], '담당 수사관을 정합니다', 'Chooses the officer of a case'],
  ['cases.handOver', ['leader'], '사건을 인계합니다', 'Hands a case over'],
  [
    'cases.consent',
    caseStaff,
    '피해자가 말한 동의나 철회를 적습니다',
    'Writes down what a victim consents to, or no longer',
  ],
  ['cases.settle', team, '처리할 일을 끝냅니다', 'Settles a matter of a case'],
  ['support.read', [...caseStaff, 'lawyerLiaison'], '피해자에게 한 약속을 봅니다', 'Sees what was promised'],
  ['support.refer', caseStaff, '지원기관에 연계합니다', 'Refers a victim to a body'],
  ['support.directory', [...caseStaff, 'administrator'], '지원기관 목록을 봅니다', 'Sees the directory'],
  ['support.keepDirectory', ['counsellor', 'administrator'], '지원기관을 추가합니다', 'Keeps the directory'],
  ['support.agents', ['administrator'], '담당자의 소속을 정합니다', 'Says for which body an agent answers'],
  [
    'support.answer',
    ['partnerAgent'],
    '소속 기관에 온 연계에 답합니다',
    'Answers referrals to their own body',
  ],
  ['support.counsel', ['counsellor'], '상담 기록을 씁니다', 'Writes counselling notes'],
  [
    'support.notes',
    ['counsellor', 'lawyerLiaison'],
    '허락된 상담 기록을 봅니다',
    'Reads notes where allowed',
  ],
  ['support.promise', [...caseStaff, 'lawyerLiaison'], '약속을 적습니다', 'Writes down what was promised'],
  ['evidence.read', [...team, 'evidenceCustodian'], '증거물 목록을 봅니다', 'Lists exhibits'],
  ['evidence.capture', team, '화면 보존을 요청합니다', 'Asks for a capture'],
  ['evidence.view', team, '증거물을 이유를 적고 열람합니다', 'Views an exhibit, giving a reason'],
  ['matching.read', team, '일치 결과를 봅니다', 'Sees matches'],
  ['matching.decide', team, '일치 여부를 판단합니다', 'Decides whether a match is one'],
  ['matching.banks', ['leader', 'administrator'], '비교 DB를 관리합니다', 'Keeps the banks'],
  ['matching.lookUp', team, '식별값이 비교 DB에 있는지 조회합니다', 'Asks the banks about a fingerprint'],
  ['takedown.read', caseStaff, '삭제 진행 상황을 봅니다', 'Follows the removal'],
  [
    'takedown.clocks',
    caseStaff,
    '사건마다 다음 삭제 기한과 지난 기한의 수를 봅니다',
    'Sees the next due time and what is overdue by case',
  ],
  ['takedown.notify', team, '삭제요청을 보냅니다', 'Sends removal notices'],
  ['takedown.decide', team, '삭제 여부를 눈으로 확인합니다', 'Decides by eye whether material is down'],
  [
    'takedown.providers',
    [...team, 'administrator'],
    '사업자와 창구를 관리합니다',
    'Keeps the list of providers',
  ],
  ['blocking.read', [...team, 'commander'], '접속차단을 봅니다', 'Sees block orders'],
  ['blocking.request', team, '접속차단을 요청합니다', 'Requests a block order'],
  [
    'blocking.approve',
    [...team, 'commander'],
    '다른 사람이 요청한 접속차단을 승인합니다',
    'Approves what another person requested',
  ],
  ['blocking.lift', team, '접속차단을 해제합니다', 'Lifts a block order'],
  ['statistics.read', unit, '통계를 봅니다', 'Sees the numbers'],
  ['operations.read', ['administrator'], '작업 대기열을 봅니다', 'Sees the queues'],
  ['operations.change', ['administrator'], '실패한 작업을 다시 시작합니다', 'Starts failed jobs again'],
]
export const rights: readonly RightLine[] = table.map(([right, roles, ko, en]) => ({
  right,
  roles: [...roles],
  sentence: { ko, en },
}))

const plain = { languages: [], skills: [] }
export const officers: readonly Officer[] = [
  {
    ...plain,
    officer: idOf(2, 1),
    name: names.officer,
    agency: 'seoul',
    isWoman: true,
    isLeader: false,
    load: 11,
  },
  {
    ...plain,
    officer: idOf(2, 2),
    name: names.leader,
    agency: 'seoul',
    isWoman: true,
    isLeader: true,
    load: 6,
  },
  {
    languages: ['en'],
    skills: ['minors'],
    officer: idOf(2, 3),
    name: '오준서',
    agency: 'seoul',
    isWoman: false,
    isLeader: false,
    load: 9,
  },
  { ...plain, officer: idOf(2, 4), name: '윤가람', agency: 'busan', isWoman: false, isLeader: true, load: 7 },
  { ...plain, officer: idOf(2, 5), name: '서지안', agency: 'jeju', isWoman: false, isLeader: true, load: 0 },
]
export const staffing: readonly StaffingRow[] = agencies.map((agency, index) => ({
  ...agency,
  agency: agency.code,
  officers: agency.code === 'sejong' ? 0 : 2 + (index % 3),
  women: agency.code === 'jeju' || agency.code === 'sejong' ? 0 : 1,
  load: agency.code === 'sejong' ? 3 : 5 + ((index * 7) % 19),
  breaches: agency.code === 'sejong' ? ['noOfficer', 'noWoman'] : agency.code === 'jeju' ? ['noWoman'] : [],
}))
