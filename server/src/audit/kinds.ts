/**
 * Every kind of entry in the log, with the sentence that the time line shows. `noun.verb`, past tense. One
 * line for each; a kind is never reused for another meaning.
 *
 * @module
 */
interface Words {
  readonly ko: string
  readonly en: string
}

export const kinds = {
  'report.filed': { ko: '신고가 접수되었습니다', en: 'The report was filed' },
  'report.opened': { ko: '신고 내용을 열람했습니다', en: 'The report was read' },
  'receipt.used': {
    ko: '접수번호로 진행 상황을 확인했습니다',
    en: 'The receipt was used to look at the progress',
  },
  'receipt.refused': {
    ko: '맞지 않는 접수번호가 입력되었습니다',
    en: 'A receipt that does not exist was entered',
  },
  'address.added': { ko: '주소가 추가되었습니다', en: 'An address was added' },
  'message.written': { ko: '메시지가 작성되었습니다', en: 'A message was written' },
  'message.read': { ko: '메시지를 읽었습니다', en: 'Messages were read' },
  'case.opened': { ko: '사건이 개설되었습니다', en: 'The case was opened' },
  'case.assigned': { ko: '담당 수사관이 정해졌습니다', en: 'An officer was assigned' },
  'case.handedOver': { ko: '사건을 인계했습니다', en: 'The case was handed over' },
  'handover.noted': {
    ko: '인계받은 사건을 확인했습니다',
    en: 'Note was taken of a case that was handed over',
  },
  'case.closed': { ko: '사건이 종결되었습니다', en: 'The case was closed' },
  'case.reopened': { ko: '사건이 다시 열렸습니다', en: 'The case was reopened' },
  'case.read': { ko: '사건을 열람했습니다', en: 'The case was read' },
  'member.letIn': { ko: '사건에 참여자가 추가되었습니다', en: 'Somebody was let into the case' },
  'member.ended': { ko: '사건 참여가 끝났습니다', en: 'Somebody’s part in the case ended' },
  'glass.broken': { ko: '긴급 열람으로 사건을 열었습니다', en: 'Somebody broke the glass of the case' },
  'glass.told': { ko: '긴급 열람을 알렸습니다', en: 'It was told that the glass was broken' },
  'glass.reviewed': {
    ko: '긴급 열람이 적절했는지 확인했습니다',
    en: 'The breaking of the glass was reviewed',
  },
  'case.marked': {
    ko: '알려진 인물의 사건인지 표시했습니다',
    en: 'It was marked whether many know the person',
  },
  'reading.flagged': { ko: '이례적인 열람이 표시되었습니다', en: 'An unusual reading was flagged' },
  'flag.seen': { ko: '이례적인 열람을 확인했습니다', en: 'An unusual reading was looked into' },
  'readingRule.changed': {
    ko: '이례적인 열람의 기준이 바뀌었습니다',
    en: 'What counts as unusual reading was changed',
  },
  'matter.opened': { ko: '처리할 일이 생겼습니다', en: 'A matter was opened' },
  'matter.settled': { ko: '처리할 일이 끝났습니다', en: 'A matter was settled' },
  'promise.made': { ko: '피해자에게 한 약속을 적었습니다', en: 'A promise to the victim was written down' },
  'promise.kept': { ko: '약속을 지켰습니다', en: 'A promise was kept' },
  'promise.withdrawn': { ko: '약속을 거두었습니다', en: 'A promise was withdrawn' },
  'promise.overdue': { ko: '약속의 기한이 지났습니다', en: 'A promise is overdue' },
  'capture.queued': { ko: '화면 보존을 시작합니다', en: 'A capture was asked for' },
  'capture.failed': { ko: '화면을 보존하지 못했습니다', en: 'The capture failed' },
  'exhibit.sealed': { ko: '증거물을 봉인했습니다', en: 'An exhibit was sealed' },
  'exhibit.viewed': { ko: '증거물을 열람했습니다', en: 'An exhibit was viewed' },
  'exhibit.examined': {
    ko: '증거물에서 식별값을 계산했습니다',
    en: 'Fingerprints were taken from an exhibit',
  },
  'bank.added': { ko: '식별값이 DB에 등록되었습니다', en: 'Fingerprints entered the bank' },
  'bank.withdrawn': {
    ko: '사건 DB의 식별값이 철회되었습니다',
    en: 'Fingerprints were withdrawn from the bank',
  },
  'bank.made': { ko: '비교 DB가 만들어졌습니다', en: 'A bank was made' },
  'bank.changed': { ko: '비교 DB의 설정이 바뀌었습니다', en: 'A bank was changed' },
  'bank.asked': { ko: '식별값을 비교 DB에서 조회했습니다', en: 'The banks were asked about a fingerprint' },
  'entry.added': { ko: '비교 DB에 식별값이 등록되었습니다', en: 'Entries were added to a bank' },
  'entry.withdrawn': { ko: '비교 DB의 식별값이 철회되었습니다', en: 'An entry of a bank was withdrawn' },
  'feed.made': {
    ko: '구독자가 비교 DB의 일치 결과를 받게 되었습니다',
    en: 'A subscriber was let hear of the matches of banks',
  },
  'feed.ended': {
    ko: '구독자가 비교 DB의 일치 결과를 더는 받지 않습니다',
    en: 'A subscriber no longer hears of the matches of banks',
  },
  'match.found': { ko: '일치하는 영상물을 찾았습니다', en: 'A match was found' },
  'match.sought': {
    ko: '식별값으로 일치하는 영상물을 찾지 못해 수사관이 확인합니다',
    en: 'Nothing was recognised by fingerprint; an officer looks',
  },
  'match.agreed': {
    ko: '일치한다고 한 사람이 판단했고, 다른 사람의 확인을 기다립니다',
    en: 'One person said that it is the same; a second one must agree',
  },
  'match.confirmed': { ko: '일치가 확인되었습니다', en: 'The match was confirmed' },
  'match.refuted': { ko: '일치하지 않는 것으로 확인되었습니다', en: 'The match was refuted' },
  'match.reversed': {
    ko: '확인했던 일치를 취소했습니다',
    en: 'A confirmed match was taken back',
  },
  'target.opened': { ko: '삭제 대상으로 등록되었습니다', en: 'A removal target was opened' },
  'provider.found': { ko: '사업자와 창구를 확인했습니다', en: 'The provider and its channel were found' },
  'notice.queued': { ko: '삭제요청서를 작성했습니다', en: 'A removal notice was drafted' },
  'notice.sent': { ko: '삭제요청을 보냈습니다', en: 'A removal notice was sent' },
  'notice.failed': { ko: '삭제요청을 보내지 못했습니다', en: 'A removal notice could not be sent' },
  'notice.unconfirmed': {
    ko: '삭제요청의 전달을 확인하지 못했습니다',
    en: 'It is not known whether a notice arrived',
  },
  'reply.received': { ko: '사업자의 회신을 받았습니다', en: 'A reply from the provider was received' },
  'target.rechecked': { ko: '삭제 여부를 확인했습니다', en: 'The address was checked again' },
  'target.verifiedDown': { ko: '삭제가 확인되었습니다', en: 'The removal was verified' },
  'target.reappeared': { ko: '다시 유포된 것을 확인했습니다', en: 'The material has reappeared' },
  'target.escalated': { ko: '다음 단계로 넘어갔습니다', en: 'The next rung was taken' },
  'target.exhausted': {
    ko: '모든 삭제 단계를 마쳤으나 남아 있습니다',
    en: 'Every rung was tried and the material is still up',
  },
  'target.reopened': {
    ko: '다른 일치가 확인되어 삭제 절차를 다시 시작합니다',
    en: 'Another match was confirmed: the removal begins anew',
  },
  'target.withdrawn': { ko: '삭제 대상에서 제외했습니다', en: 'A removal target was withdrawn' },
  'copy.found': { ko: '다른 주소에서 사본을 찾았습니다', en: 'A copy was found at another address' },
  'block.proposed': { ko: '접속차단이 제안되었습니다', en: 'A block order was proposed' },
  'block.requested': { ko: '접속차단을 요청했습니다', en: 'A block order was requested' },
  'block.approved': { ko: '접속차단이 승인되었습니다', en: 'A block order was approved' },
  'block.refused': { ko: '접속차단이 반려되었습니다', en: 'A block order was turned down' },
  'block.lapsed': {
    ko: '접속차단 요청이 기한 안에 승인되지 않았습니다',
    en: 'A block order was not approved in time',
  },
  'block.published': { ko: '접속차단 목록이 배포되었습니다', en: 'The block list was published' },
  'block.lifted': { ko: '접속차단이 해제되었습니다', en: 'A block order was lifted' },
  'block.expired': { ko: '접속차단 기간이 끝났습니다', en: 'A block order has expired' },
  'publication.made': { ko: '접속차단 목록을 새로 만들었습니다', en: 'The block lists were made anew' },
  'publication.held': {
    ko: '접속차단 목록이 확인을 기다립니다',
    en: 'Changed block lists wait for a person',
  },
  'publication.released': {
    ko: '접속차단 목록의 배포를 허락했습니다',
    en: 'Held block lists were let go out',
  },
  'invitation.made': { ko: '계정 초대가 만들어졌습니다', en: 'An invitation was made' },
  'account.enrolled': { ko: '계정이 등록되었습니다', en: 'An account was enrolled' },
  'account.changed': { ko: '계정이 변경되었습니다', en: 'An account was changed' },
  'session.opened': { ko: '로그인했습니다', en: 'Somebody signed in' },
  'session.locked': { ko: '화면을 잠갔습니다', en: 'A session was locked' },
  'session.refused': { ko: '로그인이 거부되었습니다', en: 'A sign-in was refused' },
  'session.closed': { ko: '로그아웃했습니다', en: 'Somebody signed out' },
  'account.reset': { ko: '계정이 재설정되었습니다', en: 'An account was reset' },
  'approval.asked': { ko: '다른 사람의 승인을 요청했습니다', en: 'The approval of another person was asked' },
  'approval.given': { ko: '다른 사람이 승인했습니다', en: 'Another person approved' },
  'approval.refused': { ko: '다른 사람이 승인하지 않았습니다', en: 'Another person refused the approval' },
  'approval.withdrawn': { ko: '승인 요청이 취소되었습니다', en: 'A request for approval was withdrawn' },
  'approval.expired': { ko: '승인 요청의 기한이 지났습니다', en: 'A request for approval has expired' },
  'subscriber.added': {
    ko: '차단 목록 구독자가 등록되었습니다',
    en: 'A subscriber of the block lists was added',
  },
  'subscriber.removed': {
    ko: '차단 목록 구독자가 해지되었습니다',
    en: 'A subscriber of the block lists was removed',
  },
  'officer.added': { ko: '수사관이 등록되었습니다', en: 'An officer was added' },
  'officer.posted': { ko: '수사관의 근무지가 정해졌습니다', en: 'An officer was posted' },
  'officer.left': { ko: '수사관의 근무가 끝났습니다', en: 'An officer left the unit' },
  'rule.waived': {
    ko: '배치 규칙의 예외가 이유와 기한을 두고 허락되었습니다',
    en: 'A staffing rule was broken knowingly, with a reason and a date',
  },
  'rule.mended': { ko: '배치 규칙이 다시 지켜집니다', en: 'A staffing rule is kept again' },
  'establishment.changed': { ko: '전국 정원이 바뀌었습니다', en: 'The establishment was changed' },
  'officer.changed': {
    ko: '수사관의 언어와 전문 분야가 바뀌었습니다',
    en: 'An officer’s languages and skills were changed',
  },
  'leave.noted': { ko: '근무할 수 없는 기간이 등록되었습니다', en: 'Days off were noted' },
  'leave.dropped': { ko: '근무할 수 없는 기간이 취소되었습니다', en: 'Days off were taken back' },
  'roster.made': { ko: '당직표가 만들어졌습니다', en: 'A roster was made' },
  'swap.asked': { ko: '당직 교대를 요청했습니다', en: 'A swap of duties was asked for' },
  'swap.answered': { ko: '당직 교대 요청에 답했습니다', en: 'A swap of duties was answered' },
  'swap.decided': { ko: '당직 교대가 승인되거나 반려되었습니다', en: 'A swap of duties was decided' },
  'calendar.opened': { ko: '당직 캘린더 주소가 만들어졌습니다', en: 'A duty calendar was opened' },
  'calendar.closed': { ko: '당직 캘린더 주소가 해지되었습니다', en: 'A duty calendar was closed' },
  'exposure.extended': {
    ko: '팀장이 오늘의 노출 한도를 늘렸습니다',
    en: 'A leader extended the day’s exposure budget',
  },
  'wish.open': {
    ko: '여성 수사관을 바라는 신고인을 위해 당직 여성 수사관에게 연락이 갔습니다',
    en: 'The team has no woman officer for this wish; who is on call was called',
  },
  'wish.met': { ko: '여성 수사관이 사건을 맡았습니다', en: 'A woman officer has the case' },
  'wish.released': {
    ko: '사건이 종결되어 여성 수사관 요청도 끝났습니다',
    en: 'The case closed, and nobody is waited for any more',
  },
  'agency.added': { ko: '경찰청이 추가되었습니다', en: 'An agency was added' },
  'job.retried': { ko: '실패한 작업을 다시 시작했습니다', en: 'A failed job was retried' },
  'log.exported': { ko: '이력 전체를 내보냈습니다', en: 'The whole log was exported' },
  'backup.made': { ko: '백업을 만들었습니다', en: 'A backup was made' },
} as const satisfies Record<string, Words>

export type Kind = keyof typeof kinds
