/**
 * The eighteen local police agencies, in the order in which lists show them.
 *
 * @module
 */
export interface Agency {
  readonly code: string
  readonly ko: string
  readonly en: string
}

export const agencies = [
  { code: 'seoul', ko: '서울경찰청', en: 'Seoul' },
  { code: 'busan', ko: '부산경찰청', en: 'Busan' },
  { code: 'daegu', ko: '대구경찰청', en: 'Daegu' },
  { code: 'incheon', ko: '인천경찰청', en: 'Incheon' },
  { code: 'gwangju', ko: '광주경찰청', en: 'Gwangju' },
  { code: 'daejeon', ko: '대전경찰청', en: 'Daejeon' },
  { code: 'ulsan', ko: '울산경찰청', en: 'Ulsan' },
  { code: 'sejong', ko: '세종경찰청', en: 'Sejong' },
  { code: 'gyeonggi-nambu', ko: '경기남부경찰청', en: 'Gyeonggi Nambu' },
  { code: 'gyeonggi-bukbu', ko: '경기북부경찰청', en: 'Gyeonggi Bukbu' },
  { code: 'gangwon', ko: '강원경찰청', en: 'Gangwon' },
  { code: 'chungbuk', ko: '충북경찰청', en: 'Chungbuk' },
  { code: 'chungnam', ko: '충남경찰청', en: 'Chungnam' },
  { code: 'jeonbuk', ko: '전북경찰청', en: 'Jeonbuk' },
  { code: 'jeonnam', ko: '전남경찰청', en: 'Jeonnam' },
  { code: 'gyeongbuk', ko: '경북경찰청', en: 'Gyeongbuk' },
  { code: 'gyeongnam', ko: '경남경찰청', en: 'Gyeongnam' },
  { code: 'jeju', ko: '제주경찰청', en: 'Jeju' },
] as const satisfies readonly Agency[]

export type AgencyCode = (typeof agencies)[number]['code']

export const agencyCodes = agencies.map(agency => agency.code)

/** An agency's name; its code where it is none of those that are shipped. */
export function agencyName(code: string): { readonly ko: string; readonly en: string } {
  return agencies.find(each => each.code === code) ?? { ko: code, en: code }
}
