import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer, Refused } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Empty, Page, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as access from './api.ts'
import { AgencyAccounts } from './own-agency-accounts.tsx'
import { AddPasskey, AddTotp, RecoveryCodes } from './second-factor.tsx'
import { sessionKey, useSession } from './session.tsx'
import { words } from './words.ts'

const sessionsKey = ['access', 'own-sessions']
const passkeysKey = ['access', 'passkeys']

/** Where one is signed in, and by what. */
export function OwnSessionsPage() {
  const say = useWords(words)
  return (
    <Page title={say('ownTitle')} lead={say('ownLead')}>
      <Sessions />
      <div className="columns">
        <Passkeys />
        <Stack gap="lg">
          <App />
          <AgencyAccounts />
          <Password />
        </Stack>
      </div>
    </Page>
  )
}

function Sessions() {
  const say = useWords(words)
  const query = useQuery({ queryKey: sessionsKey, queryFn: access.ownSessions, ...live(15) })
  const end = useAct({ verb: access.endSession, changes: [sessionsKey], said: say('ended') })
  return (
    <Part title={say('sessions')}>
      <Answer of={query}>
        {rows => (
          <Rows
            of={rows}
            label={say('sessions')}
            keyOf={row => row.session}
            empty={null}
            columns={[
              {
                key: 'device',
                name: say('device'),
                isWide: true,
                cell: row => (
                  <Group gap="xs">
                    <span>{deviceName(row.device)}</span>
                    {row.isOwn ? <Chip tone="good">{say('thisOne')}</Chip> : null}
                  </Group>
                ),
              },
              { key: 'opened', name: say('openedAt'), cell: row => <When at={row.openedAt} /> },
              { key: 'seen', name: say('seenAt'), cell: row => <When at={row.seenAt} /> },
              {
                key: 'end',
                name: say('end'),
                isAct: true,
                cell: row =>
                  row.isOwn ? null : (
                    <ActButton act={end} asked={row.session} size="xs" variant="default">
                      {say('end')}
                    </ActButton>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </Part>
  )
}

/** A browser calls itself by a line of history; two words of it are enough to know one's own. */
function deviceName(device: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(device)
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(device)
  if (browser === null && system === null) return device
  return [browser?.[1] === 'Edg' ? 'Edge' : browser?.[1], browser?.[2], system?.[1]].filter(Boolean).join(' ')
}

function Passkeys() {
  const say = useWords(words)
  const query = useQuery({ queryKey: passkeysKey, queryFn: access.passkeys })
  const client = useQueryClient()
  return (
    <Part title={say('passkeys')}>
      <Stack gap="sm">
        <Answer of={query} lines={2}>
          {rows => (
            <Rows
              of={rows}
              label={say('passkeys')}
              keyOf={row => row.id}
              empty={<Empty title={say('noPasskey')} hint={say('noPasskeyHint')} />}
              columns={[
                { key: 'name', name: say('name'), isWide: true, cell: row => row.name ?? say('passkey') },
                { key: 'made', name: say('addedAt'), cell: row => <When at={row.createdAt} /> },
                {
                  key: 'remove',
                  name: say('remove'),
                  isAct: true,
                  cell: row => (
                    <AskedButton
                      label={say('remove')}
                      title={say('removeTitle')}
                      sentence={say('removeSentence')}
                      confirm={say('remove')}
                      tone="bad"
                      verb={() => access.removePasskey(row.id)}
                      changes={[passkeysKey, sessionKey]}
                    />
                  ),
                },
              ]}
            />
          )}
        </Answer>
        <AddPasskey
          then={() => {
            void client.invalidateQueries({ queryKey: passkeysKey })
            void client.invalidateQueries({ queryKey: sessionKey })
          }}
        />
      </Stack>
    </Part>
  )
}

function App() {
  const say = useWords(words)
  const session = useSession()
  const client = useQueryClient()
  const [isNew, setNew] = useState(false)
  const refresh = () => void client.invalidateQueries({ queryKey: sessionKey })
  return (
    <Part title={say('app')}>
      {session.hasTotp && !isNew ? (
        <Stack gap="sm">
          <Text size="sm">{say('appOn')}</Text>
          <NewCodes />
        </Stack>
      ) : (
        <Stack gap="sm" onFocus={() => setNew(!session.hasTotp || isNew)}>
          <Text size="sm">{say('appOff')}</Text>
          <AddTotp
            then={() => {
              setNew(false)
              refresh()
            }}
          />
        </Stack>
      )}
    </Part>
  )
}

function NewCodes() {
  const say = useWords(words)
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<readonly string[]>()
  const act = useAct({
    verb: () => access.newRecoveryCodes(password),
    after: answer => {
      setCodes(answer.backupCodes)
      setPassword('')
    },
    isQuiet: true,
  })
  if (codes !== undefined) return <RecoveryCodes codes={codes} then={() => setCodes(undefined)} />
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        act.run(undefined)
      }}
    >
      <Stack gap="xs">
        <PasswordInput
          label={say('passwordAgain')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        <Refused error={act.error} />
        <Group>
          <Button type="submit" variant="default" loading={act.isBusy}>
            {say('newCodes')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Password() {
  const say = useWords(words)
  const [form, setForm] = useState({ now: '', next: '' })
  const act = useAct({
    verb: () => access.changePassword(form.now, form.next),
    said: say('passwordChanged'),
    changes: [sessionsKey],
    after: () => setForm({ now: '', next: '' }),
    isQuiet: true,
  })
  return (
    <Part title={say('passwordTitle')}>
      <form
        onSubmit={event => {
          event.preventDefault()
          act.run(undefined)
        }}
      >
        <Stack gap="xs">
          <PasswordInput
            label={say('currentPassword')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={form.now}
            onChange={event => setForm({ ...form, now: event.currentTarget.value })}
          />
          <PasswordInput
            label={say('newPassword')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            value={form.next}
            onChange={event => setForm({ ...form, next: event.currentTarget.value })}
          />
          <Refused error={act.error} />
          <Group>
            <Button type="submit" variant="default" loading={act.isBusy}>
              {say('changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  )
}
