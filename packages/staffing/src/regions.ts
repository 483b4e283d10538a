/**
 * Regions that somebody on call must be able to reach, and from where: by road, or by air to Jeju, within about
 * three hours. A judgement of ours, not a rule of law; change it here.
 *
 * @module
 */
export interface Region {
  readonly code: string
  readonly ko: string
  readonly en: string
}

export const regions = [
  { code: 'capital', ko: '수도권', en: 'Capital area' },
  { code: 'gangwon', ko: '강원', en: 'Gangwon' },
  { code: 'chungcheong', ko: '충청', en: 'Chungcheong' },
  { code: 'honam', ko: '호남', en: 'Honam' },
  { code: 'yeongnam', ko: '영남', en: 'Yeongnam' },
  { code: 'jeju', ko: '제주', en: 'Jeju' },
] as const satisfies readonly Region[]

export type RegionCode = (typeof regions)[number]['code']

const places: Readonly<Record<RegionCode, readonly string[]>> = {
  capital: ['seoul', 'incheon', 'gyeonggi-nambu', 'gyeonggi-bukbu'],
  gangwon: ['gangwon'],
  chungcheong: ['daejeon', 'sejong', 'chungbuk', 'chungnam'],
  honam: ['gwangju', 'jeonbuk', 'jeonnam'],
  yeongnam: ['busan', 'daegu', 'ulsan', 'gyeongbuk', 'gyeongnam'],
  jeju: ['jeju'],
}

const neighbours: Readonly<Record<RegionCode, readonly RegionCode[]>> = {
  capital: ['gangwon', 'chungcheong'],
  gangwon: ['capital'],
  chungcheong: ['capital', 'honam'],
  honam: ['chungcheong', 'jeju'],
  yeongnam: ['jeju'],
  jeju: [],
}

/** The region in which an agency lies; undefined where it is none of those that are shipped. */
export function regionOf(agency: string): RegionCode | undefined {
  return regions.map(each => each.code).find(code => places[code].includes(agency))
}

/** The regions that somebody who serves at `agency` can reach when called. */
export function reachOf(agency: string): readonly RegionCode[] {
  const own = regionOf(agency)
  return own === undefined ? [] : [own, ...neighbours[own]]
}
