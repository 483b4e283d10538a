import type { Language } from '@jikimi/shared/words.ts'

/** Short names of the statutes by the codes that `packages/law` gives them; a code not known here stands as it is. */
const statutes: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  krSvpa14: { ko: '성폭력처벌법 제14조', en: 'Sexual Crimes Act (KR), art. 14' },
  krSvpa14x2: { ko: '성폭력처벌법 제14조의2', en: 'Sexual Crimes Act (KR), art. 14-2' },
  krSvpa23x2: { ko: '성폭력처벌법 제23조의2', en: 'Sexual Crimes Act (KR), art. 23-2' },
  krCpa11: { ko: '청소년성보호법 제11조', en: 'Child Protection Act (KR), art. 11' },
  krCpa38x2: { ko: '청소년성보호법 제38조의2', en: 'Child Protection Act (KR), art. 38-2' },
  krTba22x5: { ko: '전기통신사업법 제22조의5', en: 'Telecommunications Business Act (KR), art. 22-5' },
  krNa44x7: { ko: '정보통신망법 제44조의7', en: 'Network Act (KR), art. 44-7' },
  usTida: { ko: '미국 TAKE IT DOWN Act', en: 'TAKE IT DOWN Act (US)' },
  euDsa16: { ko: 'EU 디지털서비스법 제16조', en: 'Digital Services Act (EU), art. 16' },
  ukOsa10: { ko: '영국 온라인안전법 제10조', en: 'Online Safety Act (UK), s. 10' },
}

export function basisName(code: string, language: Language): string {
  return statutes[code]?.[language] ?? code
}
