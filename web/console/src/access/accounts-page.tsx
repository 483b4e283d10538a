import { Group, Tabs } from '@mantine/core'
import { useAct, ActButton } from '../controls/act.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Chip, Empty, Page, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as access from './api.ts'
import { words as approvalWords } from './approval-words.ts'
import { Invite } from './invite.tsx'
import { ReasonField, useReason } from './reason-field.tsx'
import { useSession } from './session.tsx'
import { Subscribers } from './subscribers.tsx'
import { roleWord, words } from './words.ts'

/** Accounts, invitations, and who fetches the block lists. */
export function AccountsPage() {
  const say = useWords(words)
  return (
    <Page title={say('accountsTitle')} lead={say('accountsLead')} beside={<Invite />}>
      <Tabs defaultValue="accounts" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="accounts">{say('tabAccounts')}</Tabs.Tab>
          <Tabs.Tab value="subscribers">{say('tabSubscribers')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="accounts" pt="md">
          <Accounts />
        </Tabs.Panel>
        <Tabs.Panel value="subscribers" pt="md">
          <Subscribers />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

export const accountsKey = ['access', 'accounts']

function Accounts() {
  const say = useWords(words)
  const me = useSession()
  const agencyName = useAgencyName()
  const list = useRows(accountsKey, access.accounts)
  const switchOn = useAct({
    verb: (account: string) => access.switchAccount(account, true),
    changes: [accountsKey],
  })
  return (
    <Listing of={list}>
      {rows => (
        <Rows
          of={rows}
          label={say('tabAccounts')}
          keyOf={row => row.account}
          empty={<Empty title={say('noAccounts')} hint={say('noAccountsHint')} />}
          columns={[
            {
              key: 'name',
              name: say('name'),
              isWide: true,
              cell: row => (
                <span className="two-lines">
                  <strong>{row.name}</strong>
                  <small>{row.email}</small>
                </span>
              ),
            },
            { key: 'role', name: say('role'), cell: row => say(roleWord[row.role]) },
            { key: 'agency', name: say('agency'), cell: row => agencyName(row.agency) },
            { key: 'factors', name: say('factors'), cell: row => <Factors of={row} /> },
            {
              key: 'state',
              name: say('state'),
              cell: row => (
                <Chip tone={row.isActive ? 'good' : 'plain'}>
                  {say(row.isActive ? 'active' : 'inactive')}
                </Chip>
              ),
            },
            { key: 'enrolled', name: say('enrolledAt'), cell: row => <When at={row.enrolledAt} /> },
            {
              key: 'switch',
              name: say('change'),
              isAct: true,
              cell: row =>
                row.account === me.account ? null : row.isActive ? (
                  <Group gap={6} wrap="nowrap">
                    <Reset of={row} />
                    <AskedButton
                      label={say('switchOff')}
                      title={say('switchOffTitle', { name: row.name })}
                      sentence={say('switchOffSentence')}
                      confirm={say('switchOff')}
                      tone="bad"
                      verb={() => access.switchAccount(row.account, false)}
                      changes={[accountsKey]}
                    />
                  </Group>
                ) : (
                  <ActButton act={switchOn} asked={row.account} size="xs" variant="default">
                    {say('switchOn')}
                  </ActButton>
                ),
            },
          ]}
        />
      )}
    </Listing>
  )
}

/** One asks, another approves: on the page of approvals. */
function Reset({ of }: { readonly of: access.Account }) {
  const say = useWords(approvalWords)
  const [reason, setReason] = useReason(access.resetReasons)
  return (
    <AskedButton
      label={say('askReset')}
      title={say('askResetTitle', { name: of.name })}
      sentence={say('askResetSentence')}
      confirm={say('askReset')}
      said={say('askedReset')}
      verb={() => access.askReset(of.account, reason)}
      changes={[['access', 'approvals']]}
    >
      <ReasonField of={access.resetReasons} value={reason} choose={setReason} />
    </AskedButton>
  )
}

function Factors({ of }: { readonly of: access.Account }) {
  const say = useWords(words)
  const names = [of.hasPasskey ? say('passkey') : '', of.hasTotp ? say('app') : ''].filter(Boolean)
  return names.length === 0 ? <Chip tone="warn">{say('none')}</Chip> : <>{names.join(' · ')}</>
}
