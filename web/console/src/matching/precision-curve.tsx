import { useElementSize } from '@mantine/hooks'
import { useWords } from '../language.tsx'
import type { BankNumbers } from './api.ts'
import { radiusMax } from './api.ts'
import { words } from './bank-words.ts'

type Points = BankNumbers['byDistance']

const height = 240
const edge = { left: 44, right: 12, top: 12, bottom: 40 }
const shares = [0, 0.25, 0.5, 0.75, 1]
const distances = [0, 10, 20, 30, 40, 50, 60]

/** Precision and what is kept, by distance. For the eye: the table beside it holds the figures. */
export function Curve({
  of,
  matchMax,
  reviewMax,
}: {
  readonly of: Points
  readonly matchMax: number
  readonly reviewMax: number
}) {
  const say = useWords(words)
  const { ref, width } = useElementSize<HTMLDivElement>()
  const w = Math.max(240, width)
  const x = (distance: number) => edge.left + (distance / radiusMax) * (w - edge.left - edge.right)
  const y = (share: number) => edge.top + (1 - share) * (height - edge.top - edge.bottom)
  return (
    <figure className="curve">
      <div ref={ref}>
        <svg
          viewBox={`0 0 ${w} ${height}`}
          role="img"
          aria-label={say('curveLabel', { match: matchMax, review: reviewMax })}
        >
          {shares.map(share => (
            <g key={share}>
              <line className="curve-grid" x1={x(0)} x2={x(radiusMax)} y1={y(share)} y2={y(share)} />
              <text className="curve-text" x={edge.left - 6} y={y(share)} textAnchor="end" dy="0.35em">
                {say('percent', { value: share * 100 })}
              </text>
            </g>
          ))}
          {distances.map(distance => (
            <text key={distance} className="curve-text" x={x(distance)} y={y(0) + 16} textAnchor="middle">
              {distance}
            </text>
          ))}
          <text className="curve-text" x={x(radiusMax)} y={height - 6} textAnchor="end">
            {say('axis')}
          </text>
          {[matchMax, reviewMax].map((limit, index) => (
            <line key={index} className="curve-limit" x1={x(limit)} x2={x(limit)} y1={y(1)} y2={y(0)} />
          ))}
          <path className="curve-recall" d={stepsOf(of, 'recallUpTo', x, y)} />
          <path className="curve-precision" d={stepsOf(of, 'precisionAtLeast', x, y)} />
        </svg>
      </div>
      <figcaption>
        <span>
          <Swatch kind="precision" /> {say('legendPrecision')}
        </span>
        <span>
          <Swatch kind="recall" /> {say('legendRecall')}
        </span>
        <span>
          <Swatch kind="limit" /> {say('legendLimits')}
        </span>
      </figcaption>
    </figure>
  )
}

function Swatch({ kind }: { readonly kind: 'precision' | 'recall' | 'limit' }) {
  return (
    <svg className="curve-swatch" viewBox="0 0 28 10" aria-hidden="true">
      <line className={`curve-${kind}`} x1="0" x2="28" y1="5" y2="5" />
    </svg>
  )
}

/** A share holds from one distance to the next at which something was decided. */
function stepsOf(
  points: Points,
  what: 'precisionAtLeast' | 'recallUpTo',
  x: (distance: number) => number,
  y: (share: number) => number,
): string {
  const known = points.filter(point => point[what] !== null && point.distance <= radiusMax)
  const [first] = known
  if (first === undefined) return ''
  const steps = known.map(point => `H${x(point.distance).toFixed(1)}V${y(point[what]!).toFixed(1)}`)
  return `M${x(first.distance).toFixed(1)} ${y(first[what]!).toFixed(1)}${steps.join('')}H${x(radiusMax)}`
}
