/**
 * Standard screens as data: always optional, never a diagnosis. Only those that may be used without asking; source and
 * licence stand with each. The Korean is the unit's own wording and not a validated translation, and is shown as such.
 *
 * @module
 */
interface Told {
  readonly ko: string
  readonly en: string
}

export interface Screen {
  readonly code: string
  readonly name: Told
  readonly source: string
  readonly licence: string
  readonly translation: 'validated' | 'own'
  readonly intro: Told
  readonly choices: readonly { readonly value: number; readonly name: Told }[]
  readonly questions: readonly Told[]
  /** By the lowest score of each band, rising. */
  readonly bands: readonly { readonly from: number; readonly name: Told }[]
  /** A question, by its place, any answer above 0 to which is looked at now. */
  readonly attention?: { readonly question: number; readonly say: Told }
}

const twoWeeks: Told = {
  ko: '지난 2주 동안 아래의 문제로 얼마나 자주 힘들었나요?',
  en: 'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
}
const howOften: Screen['choices'] = [
  { value: 0, name: { ko: '전혀 없음', en: 'Not at all' } },
  { value: 1, name: { ko: '며칠 동안', en: 'Several days' } },
  { value: 2, name: { ko: '절반이 넘는 날', en: 'More than half the days' } },
  { value: 3, name: { ko: '거의 매일', en: 'Nearly every day' } },
]
const pfizer =
  'Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc.'
const free = 'No permission required to reproduce, translate, display or distribute (Pfizer Inc.).'

export const screens: readonly Screen[] = [
  {
    code: 'pcPtsd5',
    name: { ko: 'PC-PTSD-5 (외상 후 스트레스 선별)', en: 'PC-PTSD-5 (post-traumatic stress)' },
    source:
      'Prins, Bovin, Kimerling and others (2015), National Center for PTSD, US Department of Veterans Affairs, ptsd.va.gov',
    licence: 'Public domain: a work of the United States government.',
    translation: 'own',
    intro: {
      ko: '살다 보면 매우 무섭거나 끔찍한 일을 겪기도 합니다. 그런 일을 겪은 뒤, 지난 한 달 동안 다음과 같은 적이 있었나요?',
      en: 'Sometimes things happen to people that are unusually or especially frightening, horrible, or traumatic. In the past month, have you…',
    },
    choices: [
      { value: 0, name: { ko: '아니요', en: 'No' } },
      { value: 1, name: { ko: '예', en: 'Yes' } },
    ],
    questions: [
      {
        ko: '그 일에 관한 악몽을 꾸거나, 원하지 않는데도 그 일이 떠올랐다',
        en: 'had nightmares about the event(s) or thought about the event(s) when you did not want to?',
      },
      {
        ko: '그 일을 생각하지 않으려고 몹시 애쓰거나, 떠오르게 하는 상황을 일부러 피했다',
        en: 'tried hard not to think about the event(s) or went out of your way to avoid situations that reminded you of the event(s)?',
      },
      {
        ko: '늘 주위를 살피고 경계하거나, 쉽게 놀랐다',
        en: 'been constantly on guard, watchful, or easily startled?',
      },
      {
        ko: '사람이나 활동, 주변에서 동떨어지거나 멍한 느낌이 들었다',
        en: 'felt numb or detached from people, activities, or your surroundings?',
      },
      {
        ko: '그 일이나 그로 인한 문제로 자신이나 다른 사람을 계속 탓하거나 죄책감이 들었다',
        en: 'felt guilty or unable to stop blaming yourself or others for the event(s) or any problems the event(s) may have caused?',
      },
    ],
    bands: [
      { from: 0, name: { ko: '기준 점수 미만', en: 'Below the cut point' } },
      {
        from: 3,
        name: {
          ko: '3점 이상: 전문가의 평가를 권합니다',
          en: '3 or more: offer an assessment by a clinician',
        },
      },
    ],
  },
  {
    code: 'phq9',
    name: { ko: 'PHQ-9 (우울 선별)', en: 'PHQ-9 (depression)' },
    source: pfizer,
    licence: free,
    translation: 'own',
    intro: twoWeeks,
    choices: howOften,
    questions: [
      {
        ko: '무엇을 해도 흥미나 즐거움이 거의 없다',
        en: 'Little interest or pleasure in doing things',
      },
      { ko: '가라앉거나 우울하거나 희망이 없다고 느낀다', en: 'Feeling down, depressed, or hopeless' },
      {
        ko: '잠들기 어렵거나 자주 깬다, 또는 너무 많이 잔다',
        en: 'Trouble falling or staying asleep, or sleeping too much',
      },
      { ko: '피곤하거나 기운이 거의 없다', en: 'Feeling tired or having little energy' },
      { ko: '입맛이 없거나 너무 많이 먹는다', en: 'Poor appetite or overeating' },
      {
        ko: '자신이 싫거나, 실패자라고 느끼거나, 자신이나 가족을 실망시켰다고 느낀다',
        en: 'Feeling bad about yourself, or that you are a failure or have let yourself or your family down',
      },
      {
        ko: '신문을 읽거나 영상을 볼 때처럼 집중하기가 어렵다',
        en: 'Trouble concentrating on things, such as reading the newspaper or watching television',
      },
      {
        ko: '남들이 알아챌 만큼 느리게 움직이거나 말한다, 또는 반대로 안절부절못해 평소보다 많이 움직인다',
        en: 'Moving or speaking so slowly that other people could have noticed? Or the opposite, being so fidgety or restless that you have been moving around a lot more than usual',
      },
      {
        ko: '차라리 죽는 것이 낫겠다는 생각, 또는 어떻게든 자신을 해치려는 생각이 든다',
        en: 'Thoughts that you would be better off dead or of hurting yourself in some way',
      },
    ],
    bands: [
      { from: 0, name: { ko: '최소 (0–4)', en: 'Minimal (0–4)' } },
      { from: 5, name: { ko: '가벼움 (5–9)', en: 'Mild (5–9)' } },
      { from: 10, name: { ko: '중간 (10–14)', en: 'Moderate (10–14)' } },
      { from: 15, name: { ko: '중간보다 심함 (15–19)', en: 'Moderately severe (15–19)' } },
      { from: 20, name: { ko: '심함 (20–27)', en: 'Severe (20–27)' } },
    ],
    attention: {
      question: 8,
      say: {
        ko: '마지막 문항에 답했습니다. 지금 안전한지 바로 여쭙고 안전 계획을 함께 세워 주세요. 위급하면 112, 자살예방 상담 109.',
        en: 'The last question was answered. Ask now whether they are safe, and make a safety plan together. In danger: 112; suicide prevention: 109.',
      },
    },
  },
  {
    code: 'gad7',
    name: { ko: 'GAD-7 (불안 선별)', en: 'GAD-7 (anxiety)' },
    source: pfizer,
    licence: free,
    translation: 'own',
    intro: twoWeeks,
    choices: howOften,
    questions: [
      { ko: '초조하거나 불안하거나 조마조마하다', en: 'Feeling nervous, anxious or on edge' },
      { ko: '걱정을 멈추거나 다스릴 수 없다', en: 'Not being able to stop or control worrying' },
      { ko: '여러 가지 일을 지나치게 걱정한다', en: 'Worrying too much about different things' },
      { ko: '편하게 쉬기가 어렵다', en: 'Trouble relaxing' },
      { ko: '가만히 있기 어려울 만큼 안절부절못한다', en: 'Being so restless that it is hard to sit still' },
      { ko: '쉽게 짜증이 나거나 화가 난다', en: 'Becoming easily annoyed or irritable' },
      {
        ko: '끔찍한 일이 생길 것처럼 두렵다',
        en: 'Feeling afraid as if something awful might happen',
      },
    ],
    bands: [
      { from: 0, name: { ko: '최소 (0–4)', en: 'Minimal (0–4)' } },
      { from: 5, name: { ko: '가벼움 (5–9)', en: 'Mild (5–9)' } },
      { from: 10, name: { ko: '중간 (10–14)', en: 'Moderate (10–14)' } },
      { from: 15, name: { ko: '심함 (15–21)', en: 'Severe (15–21)' } },
    ],
  },
]

/** The sum of the answers, the band that it lies in, and what an answer asks to look at whatever the score. */
export function scoreOf(screen: Screen, answers: readonly number[]) {
  const score = answers.reduce((sum, each) => sum + each, 0)
  const band = screen.bands.findLast(each => score >= each.from) ?? screen.bands[0]!
  const { attention } = screen
  return {
    score,
    scoreMax: screen.questions.length * Math.max(...screen.choices.map(each => each.value)),
    band: band.name,
    attention: attention !== undefined && (answers[attention.question] ?? 0) > 0 ? attention.say : null,
  }
}
