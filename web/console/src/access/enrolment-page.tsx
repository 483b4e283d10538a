import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { Doorway } from '../frame/doorway.tsx'
import { useWords } from '../language.tsx'
import { queries, sessionEnd } from '../server.ts'
import * as access from './api.ts'
import { SecondFactor } from './second-factor.tsx'
import { words } from './words.ts'

const passwordLengthMin = 12

/**
 * Under the one-time link. The token stands behind the `#`, so that it is in no server's log, and leaves the
 * address bar as soon as it is read.
 */
export function EnrolmentPage() {
  const say = useWords(words)
  const [token] = useState(takeToken)
  const [isMade, setMade] = useState(false)
  const finish = () => {
    sessionEnd.set(undefined)
    queries.clear()
    location.replace('/console/')
  }
  if (token === '')
    return (
      <Doorway title={say('enrolTitle')}>
        <Alert color="warn">{say('enrolNoToken')}</Alert>
      </Doorway>
    )
  return (
    <Doorway
      title={say(isMade ? 'factorTitle' : 'enrolTitle')}
      lead={isMade ? undefined : say('enrolLead')}
      above={say('step', { now: isMade ? 2 : 1, all: 2 })}
    >
      {isMade ? <SecondFactor then={finish} /> : <Person token={token} then={() => setMade(true)} />}
    </Doorway>
  )
}

let taken = ''
function takeToken(): string {
  if (location.hash.length > 1) {
    taken = decodeURIComponent(location.hash.slice(1))
    history.replaceState(history.state, '', location.pathname)
  }
  return taken
}

function Person({ token, then }: { readonly token: string; readonly then: () => void }) {
  const say = useWords(words)
  const [form, setForm] = useState({ name: '', email: '', password: '', repeat: '' })
  const [isTried, setTried] = useState(false)
  const isEnrolled = useRef(false)
  const put = (part: Partial<typeof form>) => setForm(before => ({ ...before, ...part }))
  const isShort = form.password.length < passwordLengthMin
  const isDifferent = form.password !== form.repeat
  const act = useAct({
    verb: async () => {
      const { name, email, password } = form
      // The invitation works once: where only the signing in failed, only that is tried again.
      if (!isEnrolled.current) await access.enrol({ token, name: name.trim(), email: email.trim(), password })
      isEnrolled.current = true
      await access.signIn(email.trim(), password)
    },
    after: then,
    isQuiet: true,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isShort && !isDifferent) act.run(undefined)
  }
  const field = { required: true, withAsterisk: false } as const
  return (
    <form onSubmit={submit} noValidate={false}>
      <Stack gap="sm">
        <TextInput
          {...field}
          label={say('name')}
          description={say('nameHint')}
          autoComplete="name"
          autoFocus
          maxLength={60}
          value={form.name}
          onChange={event => put({ name: event.currentTarget.value })}
        />
        <TextInput
          {...field}
          label={say('email')}
          type="email"
          autoComplete="username"
          value={form.email}
          onChange={event => put({ email: event.currentTarget.value })}
        />
        <PasswordInput
          {...field}
          label={say('newPassword')}
          description={say('passwordHint')}
          autoComplete="new-password"
          value={form.password}
          error={isTried && isShort ? say('passwordShort') : null}
          onChange={event => put({ password: event.currentTarget.value })}
        />
        <PasswordInput
          {...field}
          label={say('repeat')}
          autoComplete="new-password"
          value={form.repeat}
          error={isTried && isDifferent ? say('repeatWrong') : null}
          onChange={event => put({ repeat: event.currentTarget.value })}
        />
        <Refused error={act.error} />
        <Button type="submit" size="md" loading={act.isBusy}>
          {say('makeAccount')}
        </Button>
        <Text size="xs" c="dimmed">
          {say('factorLead')}
        </Text>
      </Stack>
    </form>
  )
}
