import { refusals } from '#platform/refusals'

export const refused = refusals('intake', {
  noReport: {
    status: 404,
    ko: '신고를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such report. Choose one from the list.',
  },
  noAddress: {
    status: 404,
    ko: '이 사건에 그런 주소가 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such address here. Choose one from the list.',
  },
  keyReused: {
    status: 409,
    ko: '이 신고는 이미 접수되었고, 이번에 보내신 내용은 그때와 다릅니다. 바뀐 내용은 새 신고로 보내 주세요.',
    en: 'This report was received already, and what you sent now differs from it. Send the changed text as a new report.',
  },
  receiptUnknown: {
    status: 404,
    ko: '접수번호가 맞지 않습니다. 16자리 숫자를 다시 확인해 주세요.',
    en: 'This receipt is not known. Please check its 16 digits.',
  },
  workMissing: {
    status: 409,
    ko: '확인이 끝나지 않았습니다. 다시 한 번 열어 주세요. 신고는 안전하게 보관되어 있습니다.',
    en: 'The check was not completed. Please open it once more. Your report is safe.',
  },
  wordUnknown: {
    status: 404,
    ko: '‘나만 아는 말’이 맞지 않습니다. 다시 적어 주세요. 몰라도 진행 상황과 답장은 볼 수 있습니다.',
    en: 'This is not the word that you chose. Please write it again. Without it you can still see progress and answers.',
  },
  mailboxUnsound: {
    status: 422,
    ko: '메시지 열쇠가 서로 맞지 않습니다. 화면을 새로 열고 다시 보내 주세요.',
    en: 'The keys of the mailbox do not fit together. Open the page anew and send again.',
  },
  mailboxMissing: {
    status: 409,
    ko: '이 신고에는 아직 봉인된 메시지함이 없습니다. 신고인이 접수번호로 다시 들어오면 생깁니다. 그때까지는 그대로 적어 보내 주세요.',
    en: 'This report has no sealed mailbox yet; it gets one when its holder comes back. Until then write in the open.',
  },
  letterNeeded: {
    status: 409,
    ko: '이 신고의 메시지는 봉인해서 보내야 합니다. 화면을 새로 열고 다시 보내 주세요.',
    en: 'Messages to this report must be sealed. Open the page anew and send again.',
  },
  noAddressFound: {
    status: 422,
    ko: '인터넷 주소를 찾지 못했습니다. 주소창의 내용을 그대로 붙여 넣거나, 메시지로 보내 주세요.',
    en: 'No web address was found in this. Paste it as it stands in the address bar, or send it as a message.',
  },
  tooManyAddresses: {
    status: 409,
    ko: '한 신고에 추가할 수 있는 주소 수를 넘었습니다. 나머지는 메시지로 보내 주시면 담당자가 등록합니다.',
    en: 'This report has as many addresses as it can take. Send the rest as a message; an officer will add them.',
  },
  tooManyMessages: {
    status: 429,
    ko: '하루에 보낼 수 있는 메시지 수를 넘었습니다. 내일 다시 보내 주세요.',
    en: 'This is more than can be sent in a day. Please write again tomorrow.',
  },
})
