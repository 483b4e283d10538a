import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconBuildingBank } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { useLanguage, useWords } from '../language.tsx'
import { arrivals, markAbove, unmarkAbove } from './agency-visit.ts'
import * as access from './api.ts'
import { words } from './words.ts'

export const useIdentityProviders = () =>
  useQuery({
    queryKey: ['access', 'identity-providers'],
    queryFn: access.identityProviders,
    staleTime: 3_600_000,
    retry: false,
  })

/**
 * A button for each agency whose own account signs in here; nothing where there is none. Above a page whose work
 * stays, the agency's page opens in a window of its own.
 */
export function SignInByAgency({ then, isAbove }: { readonly then: () => void; readonly isAbove: boolean }) {
  const say = useWords(words)
  const [isBlocked, setBlocked] = useState(false)
  const language = useLanguage()
  const { data: providers = [] } = useIdentityProviders()
  useEffect(() => (isAbove ? arrivals(then) : undefined), [isAbove, then])
  const act = useAct({
    verb: async ({ provider, page }: { provider: string; page: Window }) => {
      try {
        page.location.href = await access.beginAgencySignIn(provider)
      } catch (error) {
        if (page !== window) page.close()
        throw error
      }
    },
    isQuiet: true,
  })
  const begin = (provider: string) => {
    // Opened by the press itself: later the browser would call it unasked.
    const page = isAbove ? window.open('', '_blank', 'popup,width=520,height=720') : window
    setBlocked(page === null)
    if (page === null) return
    if (isAbove) markAbove()
    else unmarkAbove()
    act.run({ provider, page })
  }
  if (providers.length === 0) return null
  return (
    <Stack gap="xs">
      {providers.map(({ name, title }) => (
        <Button
          key={name}
          variant="default"
          size="md"
          leftSection={<IconBuildingBank size={20} />}
          loading={act.isBusy}
          onClick={() => begin(name)}
        >
          {say('withAgency', { agency: title[language] })}
        </Button>
      ))}
      {isAbove ? (
        <Text size="sm" c="dimmed">
          {say('agencyWindow')}
        </Text>
      ) : null}
      {isBlocked ? <Alert color="warn">{say('agencyWindowBlocked')}</Alert> : null}
      <Refused error={act.error} />
    </Stack>
  )
}

/** Instead of a password: the invitation is answered with the account that one's agency has given. */
export function EnrolByAgency({
  form,
  isReady,
}: {
  readonly form: { readonly token: string; readonly name: string; readonly email: string }
  /** Says whether the fields of the form are as they must be, and shows where not. */
  readonly isReady: () => boolean
}) {
  const say = useWords(words)
  const language = useLanguage()
  const { data: providers = [] } = useIdentityProviders()
  const act = useAct({
    verb: async (provider: string) => {
      unmarkAbove()
      location.assign(await access.beginAgencyEnrolment(provider, form))
    },
    isQuiet: true,
  })
  if (providers.length === 0) return null
  return (
    <Stack gap="xs">
      <Text size="sm">{say('enrolByAgencyLead')}</Text>
      {providers.map(({ name, title }) => (
        <Button
          key={name}
          variant="default"
          size="md"
          leftSection={<IconBuildingBank size={20} />}
          loading={act.isBusy}
          onClick={() => {
            if (isReady()) act.run(name)
          }}
        >
          {say('enrolByAgency', { agency: title[language] })}
        </Button>
      ))}
      <Refused error={act.error} />
    </Stack>
  )
}
