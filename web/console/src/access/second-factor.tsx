import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react'
import { useState } from 'react'
import { encode } from 'uqr'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { words as common } from '../controls/words.ts'
import { useWords } from '../language.tsx'
import * as access from './api.ts'
import { PasskeyFault } from './passkey-fault.tsx'
import { words } from './words.ts'

/** Adding the second factor that the session still lacks. */
export function SecondFactor({ then }: { readonly then: () => void }) {
  const say = useWords(words)
  return (
    <Stack gap="md">
      <Text size="sm">{say('factorLead')}</Text>
      <Paper withBorder p="md">
        <AddPasskey then={then} />
      </Paper>
      <Paper withBorder p="md">
        <AddTotp then={then} />
      </Paper>
    </Stack>
  )
}

export function AddPasskey({ then }: { readonly then: () => void }) {
  const say = useWords(words)
  const [name, setName] = useState('')
  const act = useAct({
    verb: () => access.addPasskey(name.trim()),
    after: then,
    isQuiet: true,
    said: say('passkeyAdded'),
  })
  return (
    <Stack gap="xs">
      <Title order={3}>{say('addPasskey')}</Title>
      <Text size="sm" c="dimmed">
        {say(browserSupportsWebAuthn() ? 'addPasskeyLead' : 'noPasskeyHere')}
      </Text>
      <TextInput
        label={say('passkeyName')}
        description={say('passkeyNameHint')}
        maxLength={60}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <PasskeyFault error={act.error} />
      <Group>
        <Button
          leftSection={<IconFingerprint size={18} />}
          disabled={!browserSupportsWebAuthn()}
          loading={act.isBusy}
          onClick={() => act.run(undefined)}
        >
          {say('addPasskey')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Password → QR code → first digits → recovery codes, which are shown this once. */
export function AddTotp({ then }: { readonly then: () => void }) {
  const say = useWords(words)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [isProven, setProven] = useState(false)
  const begin = useAct({ verb: () => access.beginTotp(password), isQuiet: true })
  const prove = useAct({
    verb: () => access.giveCode(code.replaceAll(/\D/g, '')),
    after: () => setProven(true),
    isQuiet: true,
  })
  if (isProven && begin.answer !== undefined)
    return <RecoveryCodes codes={begin.answer.backupCodes} then={then} />
  return (
    <Stack gap="xs">
      <Title order={3}>{say('addTotp')}</Title>
      <Text size="sm" c="dimmed">
        {say('addTotpLead')}
      </Text>
      {begin.answer === undefined ? (
        <form
          onSubmit={event => {
            event.preventDefault()
            begin.run(undefined)
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
            <Refused error={begin.error} />
            <Group>
              <Button
                type="submit"
                variant="default"
                leftSection={<IconDeviceMobile size={18} />}
                loading={begin.isBusy}
              >
                {say('showQr')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault()
            prove.run(undefined)
          }}
        >
          <Stack gap="sm">
            <Text size="sm">{say('scanQr')}</Text>
            <QrCode text={begin.answer.totpURI} label={say('qrLabel')} />
            <Text size="sm">{say('secret')}</Text>
            <Code block>{new URL(begin.answer.totpURI).searchParams.get('secret')}</Code>
            <TextInput
              label={say('code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              autoFocus
              value={code}
              onChange={event => setCode(event.currentTarget.value)}
            />
            <Refused error={prove.error} />
            <Group>
              <Button type="submit" loading={prove.isBusy}>
                {say('confirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  )
}

export function RecoveryCodes({
  codes,
  then,
}: {
  readonly codes: readonly string[]
  readonly then: () => void
}) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const [isKept, setKept] = useState(false)
  return (
    <Stack gap="sm">
      <Title order={3}>{say('recoveryTitle')}</Title>
      <Alert color="warn">{say('recoveryLead')}</Alert>
      <Code block className="recovery-codes">
        {codes.join('\n')}
      </Code>
      <CopyButton value={codes.join('\n')}>
        {({ copied, copy }) => (
          <Group>
            <Button variant="default" size="xs" onClick={copy}>
              {sayCommon(copied ? 'copied' : 'copy')}
            </Button>
          </Group>
        )}
      </CopyButton>
      <Checkbox
        label={say('recoveryKept')}
        checked={isKept}
        onChange={event => setKept(event.currentTarget.checked)}
      />
      <Group>
        <Button disabled={!isKept} onClick={then}>
          {say('start')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Drawn as one path: no style, no data address. Black on white in both themes, or a camera cannot read it. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 3 })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
