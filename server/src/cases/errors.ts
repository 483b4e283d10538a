import { refusals } from '#platform/refusals'

export const refused = refusals('cases', {
  noCase: {
    status: 404,
    ko: '사건을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such case. Choose one from the list.',
  },
  caseLocked: {
    status: 403,
    ko: '이 사건의 내용은 담당자와 참여자만 볼 수 있습니다. 담당 수사관이나 팀장에게 참여를 요청해 주세요.',
    en: 'Only its team sees into this case. Ask its officer or the team leader to let you in.',
  },
  noMember: {
    status: 404,
    ko: '참여자를 찾을 수 없습니다. 목록을 새로 고친 뒤 다시 골라 주세요.',
    en: 'There is no such person on the case. Load the list again and choose.',
  },
  noColleague: {
    status: 422,
    ko: '사건에 참여할 수 있는 사람이 아닙니다. 목록에서 골라 주세요.',
    en: 'This person cannot be let into a case. Choose somebody from the list.',
  },
  mayNotLetIn: {
    status: 403,
    ko: '담당 수사관과 그 팀장만 다른 사람을 참여시킬 수 있습니다.',
    en: 'Only the officer of the case and the team leader let others in.',
  },
  untilTooFar: {
    status: 422,
    ko: '참여 기간은 지금부터 180일 안에서 정해 주세요.',
    en: 'Choose an end within 180 days from now.',
  },
  alreadyInside: {
    status: 409,
    ko: '이미 볼 수 있는 사건입니다. 사건 목록에서 열어 주세요.',
    en: 'This case is open to you already. Open it from the list.',
  },
  nobodyToTell: {
    status: 409,
    ko: '긴급 열람을 알릴 사람이 없습니다. 관리자에게 팀장이나 총괄의 계정을 만들어 달라고 해 주세요.',
    en: 'There is nobody to be told. Ask an administrator for the account of a leader or a commander.',
  },
  noGlass: {
    status: 404,
    ko: '확인할 긴급 열람이 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is nothing to review here. Load the list again.',
  },
  notProtector: {
    status: 403,
    ko: '개인정보 보호책임자만 기준을 정할 수 있습니다.',
    en: 'Only whoever answers for data protection sets this.',
  },
  noFlag: {
    status: 404,
    ko: '확인할 알림이 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such flag to look into. Load the list again.',
  },
  noMatter: {
    status: 404,
    ko: '이 사건에 그런 처리할 일이 없습니다. 사건을 다시 열어 확인해 주세요.',
    en: 'The case has no such matter. Open the case again and look.',
  },
  consentCovered: {
    status: 403,
    ko: '먼저 ‘나만 아는 말’을 적어 주세요. 그래야 동의를 바꿀 수 있습니다.',
    en: 'Enter the word that only you know first. Then you can change what you consent to.',
  },
  consentNotYours: {
    status: 409,
    ko: '우연히 보고 신고한 일은 당사자만 동의할 수 있습니다. 본인이라면 새로 신고해 주세요.',
    en: 'Only the person whom it is about can consent. If that is you, please file a report of your own.',
  },
  consentByLaw: {
    status: 409,
    ko: '18세 미만이 나오는 것은 법에 따라 지우고 수사합니다. 궁금한 점은 메시지로 물어봐 주세요.',
    en: 'What shows somebody under 18 is removed and looked into by law. Please write us a message if you have questions.',
  },
  caseNotYet: {
    status: 409,
    ko: '신고를 접수하는 중입니다. 잠시 뒤 다시 해 주세요.',
    en: 'Your report is being taken in. Please try again in a moment.',
  },
  caseClosed: {
    status: 409,
    ko: '종결된 사건입니다. 처리할 일이 다시 생기면 담당자를 정할 수 있습니다.',
    en: 'The case is closed. An officer can be assigned once a matter is open again.',
  },
  mayNotHandOver: {
    status: 403,
    ko: '사건을 맡은 경찰청의 팀장만 인계할 수 있습니다.',
    en: 'Only the leader of the agency that has the case hands it over.',
  },
  handoverStands: {
    status: 409,
    ko: '이 사건은 지금 인계하는 중입니다. 잠시 뒤 다시 확인해 주세요.',
    en: 'This case is being handed over at this moment. Look again shortly.',
  },
  noSuccessor: {
    status: 422,
    ko: '인계할 경찰청에서 근무하는 다른 수사관을 골라 주세요.',
    en: 'Choose another officer who serves at the agency that takes the case.',
  },
  noTeam: {
    status: 409,
    ko: '그 경찰청에는 지금 수사관이 없습니다. 다른 경찰청을 골라 주세요.',
    en: 'That agency has no officer now. Choose another.',
  },
  noHandover: {
    status: 404,
    ko: '확인할 인계가 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such handover to take note of. Load the list again.',
  },
  womanWanted: {
    status: 409,
    ko: '신고인이 여성 수사관을 원했습니다. 여성 수사관을 골라 주세요.',
    en: 'The reporter asked for a woman. Choose a woman officer.',
  },
})
