/**
 * The synthetic country: fifty officers in eighteen agencies, placed by the staffing rules (one to six in each,
 * at least one woman in each), and the people who sign in to look around. Every name is made up.
 *
 * @module
 */
export interface Seat {
  readonly name: string
  readonly isWoman: boolean
  readonly isLeader: boolean
  readonly agency: string
}

/** Officers by agency: more where more people live; 50 in all. */
const seats: Readonly<Record<string, number>> = {
  seoul: 6,
  'gyeonggi-nambu': 5,
  busan: 4,
  incheon: 4,
  'gyeonggi-bukbu': 3,
  gyeongnam: 3,
  daegu: 3,
  gyeongbuk: 3,
  chungnam: 3,
  jeonnam: 2,
  jeonbuk: 2,
  chungbuk: 2,
  gangwon: 2,
  daejeon: 2,
  gwangju: 2,
  ulsan: 2,
  jeju: 1,
  sejong: 1,
}

const families = [
  '김',
  '이',
  '박',
  '최',
  '정',
  '강',
  '조',
  '윤',
  '장',
  '임',
  '한',
  '오',
  '서',
  '신',
  '권',
  '황',
  '안',
  '송',
]
const womensNames = [
  '서연',
  '지우',
  '민서',
  '하은',
  '수아',
  '지민',
  '채원',
  '예린',
  '유진',
  '다은',
  '소율',
  '나연',
]
const mensNames = [
  '도윤',
  '시우',
  '준서',
  '하준',
  '지호',
  '건우',
  '우진',
  '현우',
  '선우',
  '민재',
  '유찬',
  '재윤',
]

/** The fifty, in the order of their agencies; the first of each team leads it, the second is of the other sex. */
export function officers(): readonly Seat[] {
  let place = 0
  return Object.entries(seats).flatMap(([agency, count], team) =>
    Array.from({ length: count }, (_, seat): Seat => {
      const isWoman = count === 1 || (seat + team) % 2 === 0
      const given = isWoman ? womensNames : mensNames
      place += 1
      return {
        agency,
        isWoman,
        isLeader: seat === 0,
        name: `${families[place % families.length]}${given[(place * 7) % given.length]}`,
      }
    }),
  )
}
