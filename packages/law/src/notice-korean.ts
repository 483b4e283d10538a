import type { ComposedNotice, NoticeFields } from './notice.ts'
import type { RegimeName } from './regimes.ts'
import { statutes, type ItemType, type StatuteId } from './statutes.ts'

const itemTypes: Record<ItemType, string> = {
  filmed: '불법촬영물',
  falsified: '허위영상물(딥페이크 등)',
  child: '아동ㆍ청소년성착취물',
}

const titles: Record<RegimeName, string> = {
  krTelecom: '불법촬영물등 유통 신고ㆍ삭제요청서',
  krSvpa: '촬영물등 삭제ㆍ접속차단 요청서',
  usTakeItDown: '당사자 동의 없는 성적 촬영물 삭제요청서',
  euDsa: '불법 콘텐츠 신고서',
  ukOsa: '당사자 동의 없는 성적 촬영물 신고서',
  generic: '불법 성적 촬영물 삭제요청서',
}

/** The notice in Korean. */
export function korean(regime: RegimeName, fields: NoticeFields): ComposedNotice {
  const again = fields.reminder > 0 ? ' (재요청)' : ''
  const subject = `[삭제요청] ${titles[regime]}${again} (관리번호 ${fields.reference})`
  return {
    subject,
    text: [...head(regime, fields), ...item(fields), ...body(regime, fields), ...tail(fields)].join('\n'),
  }
}

function head(regime: RegimeName, fields: NoticeFields): string[] {
  return [
    titles[regime],
    '',
    `관리번호: ${fields.reference}`,
    '',
    '1. 신고ㆍ요청인',
    `  기관ㆍ단체명: ${fields.requester.organisation.ko}`,
    `  자격: ${fields.requester.capacity.ko}`,
    `  연락처: ${fields.requester.contact}`,
    '  ※ 피해자의 신원에 관한 정보는 제공하지 않습니다(성폭력범죄의 처벌 등에 관한 특례법 제24조).',
    '',
  ]
}

function item(fields: NoticeFields): string[] {
  return [
    '2. 신고ㆍ삭제요청 대상',
    `  유형: ${itemTypes[fields.itemType]}`,
    `  게시 위치(URL): ${fields.url}`,
    `  관련 법 조항: ${statutes[fields.offence].ko}`,
    '',
    '3. 요청 사유',
    `  ${fields.reason.ko}`,
    '',
  ]
}

function body(regime: RegimeName, fields: NoticeFields): string[] {
  return ['4. 요청 사항', ...history(fields), ...asked(regime, fields).map(line => `  ${line}`), '']
}

function history(fields: NoticeFields): string[] {
  const lines: string[] = []
  if (fields.reminder > 0 && fields.firstAskedOn !== undefined)
    lines.push(
      `  ${fields.firstAskedOn}에 같은 내용을 요청하였으나 위 주소에 해당 영상물이 남아 있어 다시 요청합니다.`,
    )
  if (fields.round > 1) lines.push('  삭제가 확인되었던 영상물이 위 주소에 다시 게시되었습니다.')
  if (fields.addressee === 'host' && fields.firstAskedOn !== undefined)
    lines.push(
      `  사이트 운영자에게 ${fields.firstAskedOn}부터 요청하였으나 삭제되지 않아, 이를 호스팅하거나 전송하는 귀사에 요청합니다.`,
    )
  return lines
}

function asked(regime: RegimeName, fields: NoticeFields): string[] {
  const remove =
    '위 주소의 영상물과 이와 동일한 사본을 지체 없이 삭제하거나 접속을 차단하고, 처리 결과를 이 메일에 회신하여 주시기 바랍니다.'
  const kept = fields.isChild
    ? [
        '아동ㆍ청소년성착취물이므로 열람ㆍ복제ㆍ전달하지 말고, 수사에 필요한 접속 기록은 보전하여 주시기 바랍니다.',
      ]
    : ['수사에 필요한 게시자 정보와 접속 기록은 보전하여 주시기 바랍니다.']
  return [...grounds(regime, fields), remove, ...kept]
}

const law = (id: StatuteId) => statutes[id].ko

function grounds(regime: RegimeName, fields: NoticeFields): string[] {
  return regime === 'krSvpa' ? [duty(fields)] : [claims[regime]]
}

const claims: Record<Exclude<RegimeName, 'krSvpa'>, string> = {
  krTelecom: `${law('krTba22x5')}에 따라 유통 사실을 신고하고 삭제를 요청합니다.`,
  usTakeItDown: `${law('usTida')}에 따라 유효한 요청을 받은 때부터 48시간 이내에 삭제하여야 합니다.`,
  euDsa: `${law('euDsa16')}에 따른 신고입니다. 접수 사실과 결정 및 그 이유를 알려 주시기 바랍니다.`,
  ukOsa: `${law('ukOsa10')}에 따른 신고로 취급하여 주시기 바랍니다. 48시간 의무의 시행일은 저희가 확인하지 못하였으며, 시행 여부와 관계없이 귀사의 약관에 따라서도 요청합니다.`,
  generic: '당사자의 동의 없는 성적 영상물이므로 대한민국 법률과 귀사의 약관에 따라 삭제를 요청합니다.',
}

/** To the regulator: at once, what the police must ask (23-2); on its own rung, what starts the seven days. */
function duty(fields: NoticeFields): string {
  const own = law(fields.isChild ? 'krCpa38x2' : 'krSvpa23x2')
  if (fields.firstAskedOn === undefined) return `${own}에 따라 삭제 또는 접속차단을 요청합니다.`
  return `${own} 및 ${law('krNa44x7')}에 따라 심의와 시정요구를 요청합니다. 수사기관의 장의 요청이므로 7일 이내에 심의하여 주시기 바랍니다.`
}

function tail(fields: NoticeFields): string[] {
  return [
    ...(fields.goodFaith
      ? ['위 내용이 사실이며, 해당 영상물이 당사자의 동의 없이 게시되었음을 선의로 믿습니다.', '']
      : []),
    '이 요청서에는 불법 영상물의 위치가 적혀 있습니다. 공개 데이터베이스를 포함하여 어디에도 게시하거나 게시자에게 전달하지 마십시오.',
    '',
    fields.signedOn,
    fields.signature.ko,
  ]
}
