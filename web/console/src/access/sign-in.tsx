import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { IconFingerprint } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { useWords } from '../language.tsx'
import { SignInByAgency } from './agency-account.tsx'
import * as access from './api.ts'
import { PasskeyFault } from './passkey-fault.tsx'
import { words } from './words.ts'

/** Signing in: passkey first, else password and the code of the authenticator app, else a recovery code. */
export function SignIn({
  then,
  email: known = '',
  isAbove = false,
}: {
  readonly then: () => void
  readonly email?: string
  /** True above a page whose work stays. */
  readonly isAbove?: boolean
}) {
  const [needsCode, setNeedsCode] = useState(false)
  if (needsCode) return <Code then={then} back={() => setNeedsCode(false)} />
  return <First then={then} needsCode={() => setNeedsCode(true)} known={known} isAbove={isAbove} />
}

function First({
  then,
  needsCode,
  known,
  isAbove,
}: {
  readonly then: () => void
  readonly needsCode: () => void
  readonly known: string
  readonly isAbove: boolean
}) {
  const say = useWords(words)
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const byPasskey = useAct({ verb: () => access.signInWithPasskey(), after: then, isQuiet: true })
  const byPassword = useAct({
    verb: () => access.signIn(email, password),
    after: isMore => (isMore ? needsCode() : then()),
    isQuiet: true,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    byPassword.run(undefined)
  }
  return (
    <Stack gap="md">
      <Button
        size="md"
        leftSection={<IconFingerprint size={20} />}
        disabled={!browserSupportsWebAuthn()}
        loading={byPasskey.isBusy}
        onClick={() => byPasskey.run(undefined)}
        data-autofocus
      >
        {say('withPasskey')}
      </Button>
      <Text size="sm" c="dimmed" mt={-8}>
        {say(browserSupportsWebAuthn() ? 'passkeyHint' : 'noPasskeyHere')}
      </Text>
      <PasskeyFault error={byPasskey.error} />
      <SignInByAgency then={then} isAbove={isAbove} />
      <Divider label={say('or')} />
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={say('email')}
            type="email"
            autoComplete="username webauthn"
            required
            withAsterisk={false}
            value={email}
            onChange={event => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={say('password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <Refused error={byPassword.error} />
          <Button type="submit" variant="default" size="md" loading={byPassword.isBusy}>
            {say('next')}
          </Button>
        </Stack>
      </form>
    </Stack>
  )
}

/** The code of the authenticator app, or a recovery code. */
export function Code({ then, back }: { readonly then: () => void; readonly back: () => void }) {
  const say = useWords(words)
  const [isRecovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const act = useAct({
    verb: () =>
      isRecovery ? access.giveRecoveryCode(code.trim()) : access.giveCode(code.replaceAll(/\D/g, '')),
    after: then,
    isQuiet: true,
  })
  const turn = () => {
    act.clear()
    setCode('')
    setRecovery(!isRecovery)
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        act.run(undefined)
      }}
    >
      <Stack gap="sm">
        <TextInput
          key={String(isRecovery)}
          label={say(isRecovery ? 'recovery' : 'code')}
          description={say(isRecovery ? 'recoveryHint' : 'codeHint')}
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
        />
        <Refused error={act.error} />
        <Button type="submit" size="md" loading={act.isBusy}>
          {say('confirm')}
        </Button>
        <Stack gap={4} align="flex-start">
          <Anchor component="button" type="button" size="sm" onClick={turn}>
            {say(isRecovery ? 'useCode' : 'useRecovery')}
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={back}>
            {say('back')}
          </Anchor>
        </Stack>
      </Stack>
    </form>
  )
}
