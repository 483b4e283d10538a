import { useSaying, useWords } from '../language.tsx'
import type { StaffingPlan } from './api.ts'
import { words } from './plan-words.ts'

/** Where each agency's tile lies: column and row, by the compass and not by area. One that is not here has none. */
const places: Readonly<Record<string, readonly [number, number]>> = {
  'gyeonggi-bukbu': [1, 0],
  gangwon: [2, 0],
  incheon: [0, 1],
  seoul: [1, 1],
  'gyeonggi-nambu': [1, 2],
  chungbuk: [2, 2],
  gyeongbuk: [3, 2],
  chungnam: [0, 3],
  sejong: [1, 3],
  daejeon: [2, 3],
  daegu: [3, 3],
  jeonbuk: [0, 4],
  gyeongnam: [2, 4],
  ulsan: [3, 4],
  gwangju: [0, 5],
  jeonnam: [1, 5],
  busan: [3, 5],
  jeju: [0, 6],
}
const [width, height, gap] = [96, 46, 6]

/** Today and the plan on a map of tiles. For the eye: the table beside it holds the figures. */
export function TileMap({ of }: { readonly of: StaffingPlan['rows'] }) {
  const say = useWords(words)
  const { either } = useSaying()
  return (
    <svg
      className="tile-map"
      role="img"
      aria-label={say('map')}
      viewBox={`0 0 ${4 * (width + gap)} ${7 * (height + gap)}`}
    >
      {of.map(row => {
        const place = places[row.agency]
        if (place === undefined) return null
        const change = row.officersPlanned - row.officersToday
        const tone = change > 0 ? 'more' : change < 0 ? 'fewer' : 'same'
        return (
          <g
            key={row.agency}
            transform={`translate(${place[0] * (width + gap)} ${place[1] * (height + gap)})`}
          >
            <rect className={`tile tile-${tone}`} width={width} height={height} rx="4" />
            <text className="tile-name" x="8" y="18">
              {either(row).replace(/경찰청$/, '')}
            </text>
            <text className="tile-figure" x="8" y="37">
              {change === 0 ? row.officersToday : `${row.officersToday} → ${row.officersPlanned}`}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
