import { Alert, Group, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { AskedButton } from '../controls/choice.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Empty, Page, Part, When } from '../controls/page.tsx'
import { Secret } from '../controls/secret.tsx'
import { useLanguage, useWords } from '../language.tsx'
import { glassReasons } from '../cases/api.ts'
import { glassReasonWord, words as glassWords } from '../cases/glass-words.ts'
import { basisName } from '../takedown/statutes.ts'
import * as access from './api.ts'
import type { Approval } from './api.ts'
import { kindWord, resetReasonWord, words } from './approval-words.ts'
import { ReasonField, useReason } from './reason-field.tsx'
import { useMay } from './session.tsx'

const approvalsKey = ['access', 'approvals']

/** What waits for a second person: for me to decide, and what I have asked for myself. */
export function ApprovalsPage() {
  const say = useWords(words)
  const list = useRows(approvalsKey, access.approvals)
  const [link, setLink] = useState<string>()
  return (
    <Page title={say('title')} lead={say('lead')}>
      {link === undefined ? null : (
        <Alert color="warn" title={say('linkTitle')} mb="md">
          <Stack gap="xs">
            {say('linkLead')}
            <Secret label={say('link')} value={link} />
          </Stack>
        </Alert>
      )}
      <Listing of={list}>
        {rows => (
          <>
            <Part title={say('mine')}>
              <Waiting
                of={rows.filter(row => !row.isOwn)}
                label={say('mine')}
                empty={<Empty title={say('noMine')} hint={say('noMineHint')} />}
                show={setLink}
              />
            </Part>
            <Part title={say('own')}>
              <Waiting
                of={rows.filter(row => row.isOwn)}
                label={say('own')}
                empty={<Empty title={say('noOwn')} hint={say('noOwnHint')} />}
              />
            </Part>
          </>
        )}
      </Listing>
    </Page>
  )
}

function Waiting({
  of,
  label,
  empty,
  show,
}: {
  readonly of: readonly Approval[]
  readonly label: string
  readonly empty: React.ReactNode
  /** Shows the link of an approved reset; absent where there is nothing to decide. */
  readonly show?: (link: string) => void
}) {
  const say = useWords(words)
  return (
    <Rows
      of={of}
      label={label}
      keyOf={row => row.approval}
      empty={empty}
      columns={[
        { key: 'kind', name: say('kind'), cell: row => say(kindWord[row.kind]) },
        { key: 'about', name: say('about'), isWide: true, cell: row => <About of={row} /> },
        { key: 'reason', name: say('reason'), cell: row => <Reason of={row} /> },
        { key: 'askedBy', name: say('askedBy'), cell: row => row.askedByName ?? say('unknown') },
        { key: 'askedAt', name: say('askedAt'), cell: row => <When at={row.askedAt} /> },
        { key: 'expiresAt', name: say('expiresAt'), cell: row => <When at={row.expiresAt} /> },
        ...(show === undefined
          ? []
          : [
              {
                key: 'act',
                name: say('act'),
                isAct: true,
                cell: (row: Approval) =>
                  row.kind === 'account.reset' ? <Decision of={row} show={show} /> : null,
              },
            ]),
      ]}
    />
  )
}

/** Where the thing is seen in full: a block order is decided on its own page, with all that speaks for and against. */
function About({ of }: { readonly of: Approval }) {
  const say = useWords(words)
  const may = useMay()
  if (of.kind === 'account.reset') return <>{of.subjectName ?? say('unknown')}</>
  if (of.kind === 'glass.review')
    return (
      <Link to="/glass" className="row-link">
        {say('glass')}
      </Link>
    )
  if (of.case !== null && may('cases.read'))
    return (
      <Link to="/cases/$case" params={{ case: of.case }} search={{ tab: 'blocks' }} className="row-link">
        {say('order')}
      </Link>
    )
  return (
    <Link to="/blocking" search={{ state: 'requested' }} className="row-link">
      {say('order')}
    </Link>
  )
}

function Reason({ of }: { readonly of: Approval }) {
  const say = useWords(words)
  const language = useLanguage()
  const sayGlass = useWords(glassWords)
  if (of.kind === 'block.order') return <>{basisName(of.reason, language)}</>
  const emergency = glassReasons.find(each => each === of.reason)
  if (emergency !== undefined) return <>{sayGlass(glassReasonWord[emergency])}</>
  const known = access.resetReasons.find(each => each === of.reason)
  return <>{known === undefined ? of.reason : say(resetReasonWord[known])}</>
}

function Decision({ of, show }: { readonly of: Approval; readonly show: (link: string) => void }) {
  const say = useWords(words)
  const name = of.subjectName ?? say('unknown')
  const [reason, setReason] = useReason(access.resetRefusals)
  return (
    <Group gap={6}>
      <AskedButton
        label={say('approve')}
        title={say('resetTitle', { name })}
        sentence={say('resetSentence')}
        confirm={say('approve')}
        said={say('resetDone')}
        variant="filled"
        verb={async () => show((await access.approveReset(of.approval)).link)}
        changes={[approvalsKey]}
      />
      <AskedButton
        label={say('refuse')}
        title={say('refuseTitle', { name })}
        sentence={say('refuseSentence')}
        confirm={say('refuse')}
        said={say('refused')}
        tone="bad"
        verb={() => access.refuseReset(of.approval, reason)}
        changes={[approvalsKey]}
      >
        <ReasonField of={access.resetRefusals} value={reason} choose={setReason} />
      </AskedButton>
    </Group>
  )
}
