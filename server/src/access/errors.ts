import { refusals } from '#platform/refusals'

export const refused = refusals('access', {
  notSignedIn: {
    status: 401,
    ko: '로그인이 필요합니다. 다시 로그인해 주세요.',
    en: 'You are not signed in. Please sign in again.',
  },
  sessionLocked: {
    status: 401,
    ko: '화면이 잠겨 있습니다. 패스키나 비밀번호로 잠금을 풀면 하던 일을 이어서 할 수 있습니다.',
    en: 'This session is locked. Unlock it by passkey or password and go on where you were.',
  },
  authenticationStale: {
    status: 403,
    ko: '중요한 작업이라 본인 확인이 한 번 더 필요합니다. 패스키나 비밀번호로 확인해 주세요.',
    en: 'This is grave enough to confirm once more that it is you. Use your passkey or password.',
  },
  secondFactorMissing: {
    status: 403,
    ko: '2단계 인증이 아직 없습니다. 패스키나 인증 앱을 먼저 등록해 주세요.',
    en: 'Your sign-in has no second factor yet. Add a passkey or an authenticator app first.',
  },
  secondFactorElsewhere: {
    status: 403,
    ko: '이 계정에는 이미 2단계 인증이 있습니다. 로그아웃한 뒤 패스키나 인증 앱으로 다시 로그인해 주세요.',
    en: 'This account has a second factor already. Sign out, and sign in again with it.',
  },
  notAllowed: {
    status: 403,
    ko: '이 작업을 할 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.',
    en: 'Your role does not allow this. Ask an administrator if you need it.',
  },
  receiptNeeded: {
    status: 401,
    ko: '접수번호를 다시 입력해 주세요. 안전을 위해 2시간이 지나면 연결이 끊깁니다.',
    en: 'Please enter your receipt again. For your safety the connection ends after two hours.',
  },
  tokenUnknown: {
    status: 401,
    ko: '등록된 구독자가 아닙니다. 발급받은 토큰을 확인해 주세요.',
    en: 'This is not the token of a subscriber. Check the token that was issued to you.',
  },
  signInRefused: {
    status: 401,
    ko: '이메일이나 비밀번호가 맞지 않습니다.',
    en: 'The e-mail address or the password is not right.',
  },
  codeWrong: {
    status: 401,
    ko: '인증번호가 맞지 않습니다. 앱에 지금 보이는 6자리를 입력해 주세요.',
    en: 'The code is not right. Enter the six digits that the app shows now.',
  },
  signInStale: {
    status: 401,
    ko: '로그인 절차의 시간이 지났습니다. 처음부터 다시 로그인해 주세요.',
    en: 'This sign-in took too long. Please begin again.',
  },
  tooManyAttempts: {
    status: 429,
    ko: '로그인 시도가 너무 많습니다. 15분 뒤에 다시 시도해 주세요.',
    en: 'Too many attempts to sign in. Please try again in 15 minutes.',
  },
  accountInactive: {
    status: 403,
    ko: '사용이 중지된 계정입니다. 관리자에게 문의해 주세요.',
    en: 'This account is switched off. Please ask an administrator.',
  },
  passwordWrong: {
    status: 403,
    ko: '비밀번호가 맞지 않습니다. 지금 쓰는 비밀번호를 다시 입력해 주세요.',
    en: 'The password is not right. Enter your present password again.',
  },
  passwordGuessable: {
    status: 422,
    ko: '쉽게 추측할 수 있는 비밀번호입니다. 서로 관계없는 낱말 네 개를 이어 보세요.',
    en: 'This password is easily guessed. Try four words that have nothing to do with each other.',
  },
  totpOn: {
    status: 409,
    ko: '인증 앱이 이미 등록되어 있습니다. 바꾸려면 먼저 해제해 주세요.',
    en: 'An authenticator app is on already. Switch it off first to change it.',
  },
  totpOff: {
    status: 409,
    ko: '등록된 인증 앱이 없습니다. 먼저 등록을 시작해 주세요.',
    en: 'No authenticator app is on. Begin to add one first.',
  },
  passkeyRefused: {
    status: 401,
    ko: '패스키를 확인하지 못했습니다. 기기에서 본인 확인을 하고 다시 시도해 주세요.',
    en: 'The passkey could not be verified. Confirm on your device that it is you, and try again.',
  },
  noPasskey: {
    status: 404,
    ko: '패스키를 찾을 수 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'There is no such passkey. Reload the list.',
  },
  signInMalformed: {
    status: 422,
    ko: '로그인 요청을 처리할 수 없습니다. 화면을 새로 고쳐 다시 시도해 주세요.',
    en: 'This request to sign in cannot be handled. Reload the page and try again.',
  },
  invitationUnknown: {
    status: 410,
    ko: '초대가 이미 쓰였거나 기한이 지났습니다. 관리자에게 새 초대를 요청해 주세요.',
    en: 'This invitation was used already or has expired. Ask an administrator for a new one.',
  },
  emailTaken: {
    status: 409,
    ko: '이미 쓰이는 이메일 주소입니다. 다른 주소를 입력해 주세요.',
    en: 'This e-mail address is in use already. Enter another one.',
  },
  agencyMissing: {
    status: 422,
    ko: '이 역할에는 소속 경찰청이 필요합니다. 소속을 골라 주세요.',
    en: 'This role belongs to an agency. Choose one.',
  },
  officerTaken: {
    status: 409,
    ko: '이 수사관에게는 이미 계정이 있습니다.',
    en: 'This officer has an account already.',
  },
  noOfficer: {
    status: 404,
    ko: '수사관을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such officer. Choose one from the list.',
  },
  noAccount: {
    status: 404,
    ko: '계정을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such account. Choose one from the list.',
  },
  ownAccount: {
    status: 409,
    ko: '자신의 계정은 중지할 수 없습니다. 다른 관리자에게 요청해 주세요.',
    en: 'You cannot switch off your own account. Ask another administrator.',
  },
  noApproval: {
    status: 404,
    ko: '승인을 기다리는 요청을 찾을 수 없습니다. 이미 처리되었을 수 있으니 목록을 새로 고쳐 주세요.',
    en: 'No such request waits for approval. It may have been decided: reload the list.',
  },
  approvalWaiting: {
    status: 409,
    ko: '같은 요청이 이미 승인을 기다리고 있습니다. 승인 화면에서 확인해 주세요.',
    en: 'The same is waiting for approval already. See the approvals page.',
  },
  approvalOver: {
    status: 410,
    ko: '승인 기한이 지났습니다. 다시 요청하도록 알려 주세요.',
    en: 'The time for this approval is over. It has to be asked for anew.',
  },
  samePerson: {
    status: 409,
    ko: '요청한 사람은 승인하거나 반려할 수 없습니다. 다른 계정을 쓰더라도 마찬가지입니다. 다른 사람이 결정해야 합니다.',
    en: 'Whoever asked cannot decide, not by another account either. Another person must.',
  },
  personUnknown: {
    status: 404,
    ko: '같은 사람의 계정을 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such account of the same person. Choose one from the list.',
  },
  noSession: {
    status: 404,
    ko: '로그인 기록을 찾을 수 없습니다. 이미 종료되었을 수 있습니다.',
    en: 'There is no such session. It may have ended already.',
  },
  subscriberExists: {
    status: 409,
    ko: '같은 이름의 구독자가 이미 있습니다. 다른 이름을 쓰거나 먼저 해지해 주세요.',
    en: 'There is a subscriber of this name already. Use another name, or remove that one first.',
  },
  noSubscriber: {
    status: 404,
    ko: '구독자를 찾을 수 없습니다. 목록에서 다시 골라 주세요.',
    en: 'There is no such subscriber. Choose one from the list.',
  },
})
