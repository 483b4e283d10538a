import { Text } from '@mantine/core'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as matching from './api.ts'
import type { BankNumbers, ListedBank } from './api.ts'
import { banksKey, percentOf } from './bank-state.tsx'
import { words } from './bank-words.ts'
import { Curve } from './precision-curve.tsx'

interface Of {
  readonly bank: ListedBank
  readonly of: BankNumbers
}

/** What officers' decisions say of the limit: drawn, as a table, and as a proposal that a person adopts. */
export function PrecisionPart({ bank, of }: Of) {
  const say = useWords(words)
  const isDecided = of.confirmed + of.reversed > 0
  return (
    <Part title={say('curveTitle')}>
      <Text size="sm" c="dimmed" mb="sm" maw={760}>
        {say('curveLead')}
      </Text>
      {isDecided ? (
        <>
          <Proposed bank={bank} of={of} />
          <div className="columns curve-columns">
            <Curve of={of.byDistance} matchMax={bank.matchMax} reviewMax={bank.reviewMax} />
            <Table of={of.byDistance} />
          </div>
        </>
      ) : (
        <Empty title={say('curveNone')} hint={say('curveNoneHint')} />
      )}
    </Part>
  )
}

function Proposed({ bank, of }: Of) {
  const say = useWords(words)
  const { proposal } = of
  if (proposal === null) return <p className="bank-proposal">{say('proposalNone')}</p>
  const bits = proposal.matchMax
  return (
    <div className="bank-proposal">
      <p>
        {say('proposal', {
          bits,
          least: percentOf(proposal.precisionAtLeast),
          recall: percentOf(proposal.recall),
          decided: proposal.decided,
        })}{' '}
        {bits === bank.matchMax ? say('proposalSame') : null}
      </p>
      {bits === bank.matchMax ? null : (
        <AskedButton
          label={say('adopt', { bits })}
          title={say('adoptTitle')}
          sentence={say('adoptSentence', { from: bank.matchMax, to: bits })}
          confirm={say('adopt', { bits })}
          said={say('adopted')}
          size="sm"
          verb={() => matching.changeBank(bank.bank, { matchMax: bits })}
          changes={[banksKey]}
        />
      )}
    </div>
  )
}

/** All columns count what lies up to the row's distance, as a limit there would let it in. */
function Table({ of }: { readonly of: BankNumbers['byDistance'] }) {
  const say = useWords(words)
  const { number } = useSaying()
  const share = (value: number | null) => (value === null ? '–' : say('percent', { value: percentOf(value) }))
  return (
    <Rows
      of={upToEach(of)}
      label={say('curveTitle')}
      keyOf={row => String(row.distance)}
      empty={<Empty title={say('curveNone')} />}
      columns={[
        {
          key: 'distance',
          name: say('distance'),
          cell: row => say('distanceUpTo', { bits: row.distance }),
        },
        { key: 'confirmed', name: say('confirmed'), isFigure: true, cell: row => number(row.confirmed) },
        { key: 'reversed', name: say('reversed'), isFigure: true, cell: row => number(row.reversed) },
        { key: 'seen', name: say('seen'), isFigure: true, cell: row => share(row.precisionUpTo) },
        { key: 'atLeast', name: say('atLeast'), isFigure: true, cell: row => share(row.precisionAtLeast) },
        { key: 'recall', name: say('recall'), isFigure: true, cell: row => share(row.recallUpTo) },
      ]}
    />
  )
}

function upToEach(points: BankNumbers['byDistance']) {
  let [confirmed, reversed] = [0, 0]
  return points.map(point => {
    confirmed += point.confirmed
    reversed += point.reversed
    return { ...point, confirmed, reversed }
  })
}
