import { useSession } from '../access/session.tsx'
import { Rows } from '../controls/list.tsx'
import { When } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import * as audit from './api.ts'
import type { Entry } from './api.ts'
import { words } from './words.ts'

export function TimeLine({ of, label }: { readonly of: readonly Entry[]; readonly label: string }) {
  const say = useWords(words)
  const { either } = useSaying()
  return (
    <Rows
      of={of}
      label={label}
      keyOf={row => row.id}
      empty={null}
      columns={[
        { key: 'when', name: say('when'), cell: row => <When at={row.at} /> },
        {
          key: 'what',
          name: say('what'),
          isWide: true,
          cell: row => <span title={row.kind}>{either(row.sentence)}</span>,
        },
        { key: 'who', name: say('who'), cell: row => <Actor of={row} /> },
        { key: 'why', name: say('why'), cell: row => <Details of={row.detail} /> },
        { key: 'proof', name: say('proof'), cell: row => <Proof of={row} /> },
      ]}
    />
  )
}

/** The log holds no names: staff stand in it by account, of which the last eight digits tell people apart. */
function Actor({ of }: { readonly of: Entry }) {
  const say = useWords(words)
  const session = useSession()
  if (of.by.account === session.account) return say('me')
  const word = say(wordOf('who', of.by.kind))
  if (of.by.account !== null) return <span title={of.by.account}>{`${word} ${of.by.account.slice(-8)}`}</span>
  return of.by.room === null ? word : `${word} · ${of.by.room}`
}

/** Codes as the log holds them: the time line is evidence and shows what was logged, word for word. */
function Details({ of }: { readonly of: Entry['detail'] }) {
  const shown = Object.entries(of).filter(([, value]) => value !== null)
  if (shown.length === 0) return null
  return (
    <span className="details">
      {shown.map(([name, value]) => (
        <code key={name}>
          {name}={String(value)}
        </code>
      ))}
    </span>
  )
}

function Proof({ of }: { readonly of: Entry }) {
  const say = useWords(words)
  if (of.treeIndex === null) return <span className="quiet">{say('proofWaiting')}</span>
  return (
    <a href={audit.proofPath(of.id)} target="_blank" rel="noreferrer" title={say('proofHint')} data-row>
      #{of.treeIndex}
      <span className="unseen"> {say('proofHint')}</span>
    </a>
  )
}
