/**
 * Who may do what: one line a right, to be read aloud. A route names a right; a role has it or has not. Which
 * cases one sees is another question, answered by the database (`cases.sees`).
 *
 * @module
 */
import type { Role } from '#platform/who'

interface Line {
  readonly roles: readonly Role[]
  readonly ko: string
  readonly en: string
}

// All but the partner's agent, who belongs to another body: one line of this table names it, and no other may.
const unit = [
  'officer',
  'leader',
  'commander',
  'counsellor',
  'lawyerLiaison',
  'evidenceCustodian',
  'dataProtectionOfficer',
  'administrator',
] as const
const team = ['officer', 'leader'] as const
const caseStaff = ['officer', 'leader', 'counsellor'] as const
// May read a case where the database lets them: their agency's, or one that they were let into.
const caseReaders = [...caseStaff, 'lawyerLiaison', 'evidenceCustodian'] as const
// Stand by the person whose case it is; who keeps exhibits need not know.
const standBy = [...caseStaff, 'lawyerLiaison'] as const

export const rights = {
  'access.manage': {
    roles: ['administrator'],
    ko: '계정과 초대를 관리합니다',
    en: 'Invites people and switches accounts on and off',
  },
  'access.reset': {
    roles: ['commander', 'administrator'],
    ko: '다른 사람이 요청한 계정 재설정을 승인합니다',
    en: 'Approves that an account is reset, which another person asked for',
  },
  'audit.read': {
    roles: ['dataProtectionOfficer', 'administrator'],
    ko: '사건에 속하지 않는 이력을 봅니다',
    en: 'Reads the log entries that belong to no case',
  },
  'audit.protect': {
    roles: ['dataProtectionOfficer'],
    ko: '이례적인 열람 알림을 확인하고 기준을 정합니다',
    en: 'Looks into unusual reading, and sets what counts as that',
  },
  'staffing.read': { roles: unit, ko: '경찰청별 인력을 봅니다', en: 'Sees who serves where' },
  'staffing.change': {
    roles: ['commander', 'administrator'],
    ko: '수사관을 등록하고 배치합니다',
    en: 'Adds officers and posts them',
  },
  'staffing.discharge': {
    roles: ['commander'],
    ko: '수사관의 근무를 끝내고 계정을 닫습니다',
    en: 'Ends an officer’s service, and with it their account',
  },
  'staffing.plan': {
    roles: ['commander', 'administrator'],
    ko: '사건 수에 따른 배치안을 계산합니다',
    en: 'Has a plan made of who should serve where',
  },
  'staffing.establish': { roles: ['commander'], ko: '전국 정원을 정합니다', en: 'Sets the establishment' },
  'staffing.roster': { roles: ['commander'], ko: '당직표를 만듭니다', en: 'Makes the on-call roster' },
  'staffing.lead': {
    roles: ['leader'],
    ko: '팀원의 휴가를 등록하고, 누가 영상물을 볼 수 있는지 확인합니다',
    en: 'Notes the team’s days off, and sees who is available for content',
  },
  'staffing.approve': {
    roles: ['leader', 'commander'],
    ko: '당직 교대를 승인합니다',
    en: 'Approves swaps of duties',
  },
  'staffing.own': {
    roles: team,
    ko: '본인의 당직을 교대하고, 캘린더와 노출 시간을 봅니다',
    en: 'Swaps their own duties, has their calendar, sees their own exposure',
  },
  'staffing.agencies': { roles: ['administrator'], ko: '경찰청을 추가합니다', en: 'Adds local agencies' },
  'intake.read': { roles: caseStaff, ko: '신고와 메시지를 읽습니다', en: 'Reads reports and messages' },
  'intake.write': {
    roles: caseStaff,
    ko: '신고인에게 메시지를 씁니다',
    en: 'Writes to the person who reported',
  },
  'intake.renew': {
    roles: caseStaff,
    ko: '접수번호를 잃어버린 신고인을 직접 확인하고 새로 줍니다',
    en: 'Gives a new receipt to somebody who has lost theirs, seen in person',
  },
  'cases.read': {
    roles: caseReaders,
    ko: '알아야 할 사건만 봅니다',
    en: 'Sees the cases that they need to know',
  },
  'cases.assign': { roles: ['leader'], ko: '담당 수사관을 정합니다', en: 'Chooses the officer of a case' },
  'cases.handOver': {
    roles: ['leader'],
    ko: '사건을 이유를 적고 다른 수사관이나 경찰청에 인계합니다',
    en: 'Hands a case over to another officer or agency, with a reason',
  },
  'cases.letIn': {
    roles: team,
    ko: '담당 사건에 다른 사람을 이유와 기간을 정해 참여시킵니다',
    en: 'Lets others into a case, with a reason and an end',
  },
  'cases.breakGlass': {
    roles: team,
    ko: '긴급한 때 다른 팀의 사건을 이유를 적고 60분 동안 봅니다. 두 사람에게 바로 알려집니다',
    en: 'In an emergency opens another team’s case for an hour, with a reason; two people are told at once',
  },
  'cases.reviewGlass': {
    roles: ['leader', 'commander', 'dataProtectionOfficer'],
    ko: '다른 사람의 긴급 열람이 적절했는지 확인합니다',
    en: 'Reviews the emergency openings of others',
  },
  'cases.readers': {
    roles: [...caseReaders, 'dataProtectionOfficer'],
    ko: '사건을 누가 열람했는지 봅니다',
    en: 'Sees who has looked at a case',
  },
  'cases.consent': {
    roles: caseStaff,
    ko: '피해자가 말한 동의나 철회를 적습니다',
    en: 'Writes down what a victim consents to, or no longer',
  },
  'cases.settle': { roles: team, ko: '처리할 일을 끝냅니다', en: 'Settles a matter of a case' },
  'support.read': {
    roles: standBy,
    ko: '피해자에게 한 약속과 상담 일정을 봅니다',
    en: 'Sees what was promised to a victim, and when they are met',
  },
  'support.promise': {
    roles: standBy,
    ko: '피해자에게 한 약속을 적고 지켰는지 표시합니다',
    en: 'Writes down what was promised to a victim, and whether it was kept',
  },
  'support.counsel': {
    roles: ['counsellor'],
    ko: '상담 일정을 잡고 상담 기록을 씁니다. 경찰은 기록을 볼 수 없습니다',
    en: 'Plans counselling and writes notes, which the police cannot read',
  },
  'support.notes': {
    roles: ['counsellor', 'lawyerLiaison'],
    ko: '본인이 썼거나 피해자가 허락한 상담 기록을 봅니다',
    en: 'Reads counselling notes of their own, or that the victim has allowed',
  },
  'support.refer': {
    roles: caseStaff,
    ko: '피해자가 허락한 내용만 지원기관에 연계합니다',
    en: 'Refers a victim to a body, with what the victim has allowed',
  },
  'support.directory': {
    roles: [...caseStaff, 'administrator'],
    ko: '지원기관 목록을 봅니다',
    en: 'Sees the directory of bodies that help',
  },
  'support.keepDirectory': {
    roles: ['counsellor', 'administrator'],
    ko: '지원기관을 목록에 추가하고 닫습니다',
    en: 'Adds bodies to the directory, and closes them',
  },
  'support.agents': {
    roles: ['administrator'],
    ko: '협력기관 담당자가 어느 지원기관의 연계를 받을지 정합니다',
    en: 'Says for which body a partner’s agent answers',
  },
  'support.answer': {
    roles: ['partnerAgent'],
    ko: '소속 기관에 온 연계만 보고 답합니다',
    en: 'Sees and answers what was referred to their own body, and nothing else',
  },
  'evidence.read': {
    roles: [...team, 'evidenceCustodian'],
    ko: '증거물 목록을 봅니다',
    en: 'Lists exhibits',
  },
  'evidence.capture': { roles: team, ko: '화면 보존을 요청합니다', en: 'Asks for a capture' },
  'evidence.view': {
    roles: team,
    ko: '증거물을 이유를 적고 열람합니다',
    en: 'Views an exhibit, giving a reason',
  },
  'matching.read': { roles: team, ko: '일치 결과를 봅니다', en: 'Sees matches' },
  'matching.decide': { roles: team, ko: '일치 여부를 판단합니다', en: 'Decides whether a match is one' },
  // A bank is no case's and nothing can be read out of it. So who connects partners may keep it, and who answers
  // for what officers are shown may switch it off; an officer meets a bank by the name on a match, and asks it.
  'matching.banks': {
    roles: ['leader', 'administrator'],
    ko: '비교 DB를 관리합니다. 담긴 식별값은 볼 수 없습니다',
    en: 'Keeps the banks, without seeing what is in them',
  },
  // What leaves the house is the administrator's to open, as are the tokens with which it is asked for.
  'matching.feeds': {
    roles: ['administrator'],
    ko: '비교 DB의 일치 결과를 받을 구독자를 관리합니다',
    en: 'Keeps who else hears of the matches of banks',
  },
  // Whether a picture is known somewhere is part of working on a case: not for those who see none.
  'matching.lookUp': {
    roles: team,
    ko: '식별값이 비교 DB에 있는지 조회합니다',
    en: 'Asks whether the banks know a fingerprint',
  },
  'takedown.read': { roles: caseStaff, ko: '삭제 진행 상황을 봅니다', en: 'Follows the removal' },
  'takedown.clocks': {
    roles: caseStaff,
    ko: '사건마다 다음 삭제 기한과 지난 기한의 수를 봅니다. 팀장은 경찰청의 사건까지, 주소는 없이',
    en: 'Sees the next due time and what is overdue by case; leaders those of their agency, without addresses',
  },
  'takedown.notify': { roles: team, ko: '삭제요청을 보냅니다', en: 'Sends removal notices' },
  'takedown.decide': {
    roles: team,
    ko: '삭제 여부를 사람의 눈으로 확인합니다',
    en: 'Decides by eye whether material is down',
  },
  'takedown.providers': {
    roles: ['officer', 'leader', 'administrator'],
    ko: '사업자와 창구를 관리합니다',
    en: 'Keeps the list of providers and channels',
  },
  'blocking.read': {
    roles: ['officer', 'leader', 'commander'],
    ko: '접속차단을 봅니다',
    en: 'Sees block orders',
  },
  'blocking.request': { roles: team, ko: '접속차단을 요청합니다', en: 'Requests a block order' },
  'blocking.approve': {
    // The commander sees only those of teams of one, where nobody else could.
    roles: ['officer', 'leader', 'commander'],
    ko: '다른 사람이 요청한 접속차단을 승인하거나 반려합니다',
    en: 'Approves or turns down a block order that another person requested',
  },
  'blocking.lift': { roles: team, ko: '접속차단을 해제합니다', en: 'Lifts a block order' },
  'statistics.read': { roles: unit, ko: '통계를 봅니다', en: 'Sees the numbers' },
  'operations.read': { roles: ['administrator'], ko: '작업 대기열을 봅니다', en: 'Sees the queues' },
  'operations.change': {
    roles: ['administrator'],
    ko: '실패한 작업을 다시 시작합니다',
    en: 'Starts failed jobs again',
  },
} as const satisfies Record<string, Line>

export type Right = keyof typeof rights

/**
 * What a route may ask for beside a right of the table: nothing; a receipt; a subscriber's token; a signed-in
 * member of staff; the same, even before the second factor is there.
 */
export const openings = ['public', 'reporter', 'subscriber', 'session', 'session.begun'] as const

export function isOpening(name: string): boolean {
  return (openings as readonly string[]).includes(name)
}

export function isRight(name: string): name is Right {
  return Object.hasOwn(rights, name)
}

export function mayDo(role: Role, right: string): boolean {
  return isRight(right) && (rights[right].roles as readonly Role[]).includes(role)
}
