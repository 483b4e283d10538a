import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Address, Chip, Empty, Part } from '../controls/page.tsx'
import * as evidence from '../evidence/api.ts'
import { StepChip } from '../intake/step.tsx'
import { wordOf, words as intakeWords } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import * as cases from './api.ts'
import { settlements, type CaseAddress, type CaseRead, type Matter, type Settlement } from './api.ts'
import { words } from './words.ts'

/** What is left to do on a case, and where each of its addresses stands. */
export function Overview({ of }: { readonly of: CaseRead }) {
  const say = useWords(words)
  const open = of.matters.filter(matter => matter.state !== 'settled')
  const settled = of.matters.length - open.length
  const canonicalOf = new Map(of.addresses.map(each => [each.address, each.canonical]))
  return (
    <div className="columns columns-wide-second">
      <Part title={say('matters')} count={open.length}>
        {open.length === 0 ? (
          <Empty title={say('noMatters')} hint={say('noMattersHint')} />
        ) : (
          <ul className="cards">
            {open.map(matter => (
              <MatterCard
                key={matter.matter}
                of={matter}
                case={of.case}
                canonical={matter.about === null ? undefined : canonicalOf.get(matter.about)}
              />
            ))}
          </ul>
        )}
        {settled === 0 ? null : (
          <details className="settled">
            <summary>{say('settled', { count: settled })}</summary>
            <Settled of={of.matters} canonicalOf={canonicalOf} />
          </details>
        )}
      </Part>
      <Addresses of={of.addresses} case={of.case} />
    </div>
  )
}

function MatterCard({
  of,
  case: id,
  canonical,
}: {
  readonly of: Matter
  readonly case: string
  readonly canonical: string | undefined
}) {
  const say = useWords(words)
  const may = useMay()
  const { when } = useSaying()
  const [reason, setReason] = useState<Settlement | ''>('')
  return (
    <li className="card">
      <div className="card-head">
        <strong>{say(wordOf('kind', of.kind))}</strong>
        {of.state === 'reopened' ? <Chip tone="bad">{say('reopened')}</Chip> : null}
        <span className="quiet">{say('since', { when: when(of.openedAt) })}</span>
      </div>
      {canonical === undefined ? null : <Address canonical={canonical} />}
      {may('cases.settle') ? (
        <AskedButton
          label={say('settle')}
          title={say('settleTitle')}
          sentence={say('settleSentence')}
          confirm={say('settleConfirm')}
          isReady={reason !== ''}
          verb={() => cases.settle(of.matter, reason as Settlement)}
          changes={[['cases', 'one', id]]}
        >
          <NativeSelect
            label={say('reason')}
            data-autofocus
            value={reason}
            onChange={event => setReason(event.currentTarget.value as Settlement | '')}
            data={[
              { value: '', label: '—' },
              ...settlements
                .filter(
                  each =>
                    (of.kind === 'contact') === (each === 'contacted') ||
                    each === 'withdrawn' ||
                    each === 'handled',
                )
                .map(each => ({ value: each, label: say(wordOf('reason', each)) })),
            ]}
          />
        </AskedButton>
      ) : null}
    </li>
  )
}

function Settled({
  of,
  canonicalOf,
}: {
  readonly of: readonly Matter[]
  readonly canonicalOf: ReadonlyMap<string, string>
}) {
  const say = useWords(words)
  const { when } = useSaying()
  return (
    <ul className="plain-list">
      {of
        .filter(matter => matter.state === 'settled')
        .map(matter => (
          <li key={matter.matter}>
            {say(wordOf('kind', matter.kind))}
            {matter.reason === null ? '' : ` · ${say(wordOf('reason', matter.reason))}`}
            {matter.settledAt === null ? '' : ` · ${when(matter.settledAt)}`}
            {matter.about === null || !canonicalOf.has(matter.about) ? null : (
              <Address canonical={canonicalOf.get(matter.about)!} />
            )}
          </li>
        ))}
    </ul>
  )
}

function Addresses({ of, case: id }: { readonly of: readonly CaseAddress[]; readonly case: string }) {
  const say = useWords(words)
  const sayIntake = useWords(intakeWords)
  const may = useMay()
  const { when } = useSaying()
  const capture = useAct({
    verb: evidence.capture,
    changes: [
      ['cases', 'one', id],
      ['evidence', id],
    ],
    said: say('captured'),
  })
  return (
    <Part title={say('addresses')} count={of.length}>
      <Rows
        of={of}
        label={say('addresses')}
        keyOf={row => row.address}
        empty={<Empty title={say('noAddresses')} hint={say('noAddressesHint')} />}
        columns={[
          {
            key: 'address',
            name: say('address'),
            isWide: true,
            cell: row => (
              <>
                <Address canonical={row.canonical} />
                <ol className="steps" aria-label={say('steps')}>
                  {row.steps.map(each => (
                    <li key={`${each.step}${each.at}`} title={when(each.at)}>
                      {sayIntake(wordOf('step', each.step))}
                    </li>
                  ))}
                </ol>
              </>
            ),
          },
          { key: 'now', name: say('now'), cell: row => <StepChip step={row.now} /> },
          {
            key: 'source',
            name: say('source'),
            cell: row => (row.source === undefined ? '' : say(row.source)),
          },
          ...(may('evidence.capture')
            ? [
                {
                  key: 'capture',
                  name: say('capture'),
                  isAct: true,
                  cell: (row: CaseAddress) => (
                    <ActButton act={capture} asked={row.address} size="xs" variant="default">
                      {say('capture')}
                    </ActButton>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Part>
  )
}
