import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Empty } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useLanguage, useSaying, useWords } from '../language.tsx'
import * as matching from './api.ts'
import type { Hit } from './api.ts'
import { banksKey } from './bank-state.tsx'
import { words as bankWords } from './bank-words.ts'
import { words } from './look-up-words.ts'

/** Where a value is known: which bank, how near, what its source says of it. */
export function LookUpHits({
  of,
  forget,
}: {
  readonly of: readonly Hit[]
  readonly forget: (entry: string) => void
}) {
  const say = useWords(words)
  const { number } = useSaying()
  const may = useMay()
  return (
    <>
      {of.length === 0 ? null : <p className="look-up-known">{say('known', { count: number(of.length) })}</p>}
      <Rows
        of={of}
        label={say('results')}
        keyOf={row => row.entry}
        toneOf={row => (row.isStrong ? 'warn' : undefined)}
        empty={<Empty title={say('unknown')} hint={say('unknownHint')} />}
        columns={[
          { key: 'bank', name: say('bank'), isWide: true, cell: row => <BankOf hit={row} /> },
          { key: 'likeness', name: say('likeness'), cell: row => <Likeness of={row} /> },
          {
            key: 'opinion',
            name: say('opinion'),
            cell: row => (
              <span className="two-lines">
                <span>{say(wordOf('opinion', row.opinion))}</span>
                {row.confidence === null ? null : (
                  <small>{say('confidence', { value: row.confidence })}</small>
                )}
              </span>
            ),
          },
          { key: 'source', name: say('source'), cell: row => row.source ?? '–' },
          ...(may('matching.banks')
            ? [
                {
                  key: 'act',
                  name: say('act'),
                  isAct: true,
                  cell: (row: Hit) => <Withdraw of={row} forget={() => forget(row.entry)} />,
                },
              ]
            : []),
        ]}
      />
    </>
  )
}

function BankOf({ hit }: { readonly hit: Hit }) {
  const sayBank = useWords(bankWords)
  return (
    <span className="two-lines">
      <strong>{hit.bankName}</strong>
      <small>
        {sayBank(wordOf('kind', hit.bankKind))}
        {hit.label === null ? '' : ` · ${hit.label}`}
      </small>
    </span>
  )
}

function Likeness({ of }: { readonly of: Hit }) {
  const say = useWords(words)
  const language = useLanguage()
  if (of.algorithm !== 'pdq' && of.algorithm !== 'vpdq') return <Chip tone="warn">{say('sameFile')}</Chip>
  return (
    <span className="two-lines">
      <span>
        <Chip tone={of.isStrong ? 'warn' : 'plain'}>{say(of.isStrong ? 'strong' : 'weakMatch')}</Chip>
      </span>
      <small>{say('bits', { bits: of.distance })}</small>
      {of.run === null ? null : <small>{of.run.sentence[language]}</small>}
    </span>
  )
}

function Withdraw({ of, forget }: { readonly of: Hit; readonly forget: () => void }) {
  const say = useWords(words)
  return (
    <AskedButton
      label={say('withdraw')}
      title={say('withdrawTitle')}
      sentence={say('withdrawSentence', { bank: of.bankName })}
      confirm={say('withdraw')}
      said={say('withdrawn')}
      tone="bad"
      verb={async () => {
        await matching.withdrawEntry(of.bank, of.entry)
        forget()
      }}
      changes={[banksKey]}
    />
  )
}
