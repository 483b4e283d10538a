import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as support from './api.ts'
import { allowEnds, allowReasons, type AllowEnd, type AllowReason } from './api.ts'
import { words } from './note-words.ts'

const changes = [['support', 'allowances']]

/** Whom the victim has allowed to read counselling notes. */
export function AllowedPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const may = useMay()
  const query = useQuery({ queryKey: ['support', 'allowances', id], queryFn: () => support.allowances(id) })
  return (
    <Part
      title={say('allowed')}
      level={3}
      beside={may('support.counsel') ? <Allow case={id} candidates={query.data?.candidates ?? []} /> : null}
    >
      <Answer of={query}>
        {({ rows }) => (
          <Rows
            of={rows}
            label={say('allowed')}
            keyOf={row => row.allowance}
            empty={<Empty title={say('noAllowed')} hint={say('noAllowedHint')} />}
            columns={[
              { key: 'person', name: say('person'), cell: row => row.name ?? '—' },
              { key: 'of', name: say('of'), cell: row => row.author ?? '—' },
              { key: 'reason', name: say('reason'), isWide: true, cell: row => say(row.reason) },
              { key: 'given', name: say('given'), cell: row => <When at={row.givenAt} /> },
              {
                key: 'acts',
                name: say('acts'),
                isAct: true,
                cell: row =>
                  row.withdrawReason === null ? (
                    <End allowance={row.allowance} />
                  ) : (
                    `${say('ended')}: ${say(row.withdrawReason)}`
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </Part>
  )
}

function Allow({
  case: id,
  candidates,
}: {
  readonly case: string
  readonly candidates: readonly { readonly account: string; readonly name: string }[]
}) {
  const say = useWords(words)
  const [account, setAccount] = useState('')
  const [reason, setReason] = useState<AllowReason | ''>('')
  return (
    <AskedButton
      label={say('allow')}
      title={say('allowTitle')}
      sentence={say('allowSentence')}
      confirm={say('allow')}
      isReady={account !== '' && reason !== ''}
      verb={() => support.allow(id, { account, reason: reason as AllowReason })}
      changes={changes}
    >
      <NativeSelect
        label={say('person')}
        value={account}
        data-autofocus
        onChange={event => setAccount(event.currentTarget.value)}
        data={[
          { value: '', label: '—' },
          ...candidates.map(each => ({ value: each.account, label: each.name })),
        ]}
      />
      <NativeSelect
        label={say('reason')}
        value={reason}
        onChange={event => setReason(event.currentTarget.value as AllowReason | '')}
        data={[
          { value: '', label: say('chooseReason') },
          ...allowReasons.map(each => ({ value: each, label: say(each) })),
        ]}
      />
    </AskedButton>
  )
}

function End({ allowance }: { readonly allowance: string }) {
  const say = useWords(words)
  const [reason, setReason] = useState<AllowEnd | ''>('')
  return (
    <AskedButton
      label={say('end')}
      title={say('endTitle')}
      sentence={say('endSentence')}
      confirm={say('end')}
      isReady={reason !== ''}
      verb={() => support.disallow(allowance, reason as AllowEnd)}
      changes={changes}
    >
      <NativeSelect
        label={say('reason')}
        value={reason}
        data-autofocus
        onChange={event => setReason(event.currentTarget.value as AllowEnd | '')}
        data={[
          { value: '', label: say('chooseReason') },
          ...allowEnds.map(each => ({ value: each, label: say(each) })),
        ]}
      />
    </AskedButton>
  )
}
