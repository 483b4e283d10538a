/**
 * Statutes that the product names, each with where it was read. `isConfirmed` is false where the text was not
 * read at its source: such a row may be shown, but nothing may rest on it alone.
 */
export interface Statute {
  readonly id: string
  readonly jurisdiction: string
  readonly ko: string
  readonly en: string
  readonly article: string
  /** First day of the text that this row follows; null where it has long been in force. */
  readonly effectiveFrom: string | null
  readonly source: string
  readonly isConfirmed: boolean
}

const krMirror = 'law.go.kr, consolidated text in force on 2026-10-02'

export const statutes = {
  krSvpa14: {
    id: 'krSvpa14',
    jurisdiction: 'KR',
    ko: '성폭력범죄의 처벌 등에 관한 특례법 제14조(카메라 등을 이용한 촬영)',
    en: 'Act on Special Cases Concerning the Punishment of Sexual Crimes (Republic of Korea), Article 14: filming, or distributing what was filmed, against the will of the person filmed',
    article: '14',
    effectiveFrom: null,
    source: krMirror,
    isConfirmed: true,
  },
  krSvpa14x2: {
    id: 'krSvpa14x2',
    jurisdiction: 'KR',
    ko: '성폭력범죄의 처벌 등에 관한 특례법 제14조의2(허위영상물 등의 반포등)',
    en: 'Act on Special Cases Concerning the Punishment of Sexual Crimes (Republic of Korea), Article 14-2: falsified sexual images',
    article: '14-2',
    effectiveFrom: '2024-10-16',
    source: krMirror,
    isConfirmed: true,
  },
  krSvpa23x2: {
    id: 'krSvpa23x2',
    jurisdiction: 'KR',
    ko: '성폭력범죄의 처벌 등에 관한 특례법 제23조의2제1항(촬영물 등의 삭제ㆍ접속차단 요청)',
    en: 'Act on Special Cases Concerning the Punishment of Sexual Crimes (Republic of Korea), Article 23-2(1): duty of the police to request deletion or blocking without delay',
    article: '23-2(1)',
    effectiveFrom: null,
    source: krMirror,
    isConfirmed: true,
  },
  krCpa11: {
    id: 'krCpa11',
    jurisdiction: 'KR',
    ko: '아동ㆍ청소년의 성보호에 관한 법률 제11조(아동ㆍ청소년성착취물의 제작ㆍ배포 등)',
    en: 'Act on the Protection of Children and Youth against Sex Offenses (Republic of Korea), Article 11: sexual exploitation material of children and youth',
    article: '11',
    effectiveFrom: null,
    source: krMirror,
    isConfirmed: true,
  },
  krCpa38x2: {
    id: 'krCpa38x2',
    jurisdiction: 'KR',
    ko: '아동ㆍ청소년의 성보호에 관한 법률 제38조의2(아동ㆍ청소년성착취물의 삭제ㆍ접속차단 요청)',
    en: 'Act on the Protection of Children and Youth against Sex Offenses (Republic of Korea), Article 38-2: duty of the police to request deletion or blocking without delay',
    article: '38-2',
    effectiveFrom: null,
    source: krMirror,
    isConfirmed: true,
  },
  krTba22x5: {
    id: 'krTba22x5',
    jurisdiction: 'KR',
    ko: '전기통신사업법 제22조의5제1항 및 같은 법 시행령 제30조의5',
    en: 'Telecommunications Business Act (Republic of Korea), Article 22-5(1), and Enforcement Decree, Article 30-5',
    article: '22-5(1)',
    effectiveFrom: null,
    source: 'Enforcement Decree at law.go.kr; the Act’s own text by its decree and press',
    isConfirmed: false,
  },
  krNa44x7: {
    id: 'krNa44x7',
    jurisdiction: 'KR',
    ko: '정보통신망 이용촉진 및 정보보호 등에 관한 법률 제44조의7제4항',
    en: 'Act on Promotion of Information and Communications Network Utilization and Information Protection (Republic of Korea), Article 44-7(4)',
    article: '44-7(4)',
    effectiveFrom: '2026-10-02',
    source: krMirror,
    isConfirmed: true,
  },
  usTida: {
    id: 'usTida',
    jurisdiction: 'US',
    ko: '미국 TAKE IT DOWN Act(Pub. L. 119-12) 제3조',
    en: 'TAKE IT DOWN Act, Pub. L. 119-12, section 3',
    article: '3',
    effectiveFrom: '2026-05-19',
    source: 'Congressional text and FTC announcement, by law firms’ summaries',
    isConfirmed: true,
  },
  euDsa16: {
    id: 'euDsa16',
    jurisdiction: 'EU',
    ko: '유럽연합 디지털서비스법(Regulation (EU) 2022/2065) 제16조',
    en: 'Regulation (EU) 2022/2065 (Digital Services Act), Article 16',
    article: '16',
    effectiveFrom: '2024-02-17',
    source: 'Text of the Regulation',
    isConfirmed: true,
  },
  ukOsa10: {
    id: 'ukOsa10',
    jurisdiction: 'GB',
    ko: '영국 온라인안전법 2023 제10조(2026년 범죄치안법에 따른 개정)',
    en: 'Online Safety Act 2023, section 10, as amended by the Crime and Policing Act 2026',
    article: '10',
    effectiveFrom: null,
    source: 'gov.uk memoranda of 2026-03-20; the date of commencement was not found',
    isConfirmed: false,
  },
} as const satisfies Record<string, Statute>

export type StatuteId = keyof typeof statutes

export function statuteOf(id: StatuteId): Statute {
  return statutes[id]
}

/** What a piece of material is, in the words of the Korean form. */
export type ItemType = 'filmed' | 'falsified' | 'child'

/** The offence on which removal is asked, from what was reported. A child's material has its own lane. */
export function offenceFor(given: { isMinor: boolean; concern: string }): {
  itemType: ItemType
  statute: StatuteId
} {
  if (given.isMinor || given.concern === 'minor') return { itemType: 'child', statute: 'krCpa11' }
  if (given.concern === 'deepfake') return { itemType: 'falsified', statute: 'krSvpa14x2' }
  return { itemType: 'filmed', statute: 'krSvpa14' }
}
