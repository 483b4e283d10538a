import { Anchor, Loader, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Refused } from '../controls/answer.tsx'
import { Doorway } from '../frame/doorway.tsx'
import { useWords } from '../language.tsx'
import { queries, sessionEnd } from '../server.ts'
import { isAbove, tellArrival, unmarkAbove } from './agency-visit.ts'
import * as access from './api.ts'
import { Code } from './sign-in.tsx'
import { words } from './words.ts'

/**
 * Where an agency's identity provider sends the browser back to. What it added to the address is good once, and leaves
 * the address bar as soon as it is read.
 */
export function AgencyReturnPage() {
  const say = useWords(words)
  const [isArrived, setArrived] = useState(false)
  const arrive = (page: string) => {
    if (!isAbove()) return leaveFor(page)
    unmarkAbove()
    tellArrival()
    setArrived(true)
    window.close()
  }
  const back = useMutation({
    mutationFn: returned,
    onSuccess: outcome => {
      if (outcome === 'signedIn') arrive('/console/')
      if (outcome === 'linked') leaveFor('/console/access/own-sessions')
    },
  })
  const { mutate } = back
  useEffect(() => mutate(), [mutate])
  const isCodeAsked = back.data === 'needsCode' && !isArrived
  return (
    <Doorway title={say(isCodeAsked ? 'codeTitle' : 'agencyTitle')}>
      {isCodeAsked ? <Code then={() => arrive('/console/')} back={() => leaveFor('/console/')} /> : null}
      {isArrived ? <Text>{say('agencyArrived')}</Text> : null}
      {back.isPending ? (
        <Stack align="center" role="status">
          <Loader />
          <Text size="sm" c="dimmed">
            {say('agencyConfirming')}
          </Text>
        </Stack>
      ) : null}
      {back.error === null ? null : (
        <>
          <Refused error={back.error} />
          <Anchor href="/console/">{say('back')}</Anchor>
        </>
      )}
    </Doorway>
  )
}

function leaveFor(page: string): void {
  sessionEnd.set(undefined)
  queries.clear()
  location.replace(page)
}

let once: Promise<access.AgencyOutcome> | undefined

/** Sent once, however often the page is drawn. */
function returned(): Promise<access.AgencyOutcome> {
  once ??= send()
  return once
}

async function send(): Promise<access.AgencyOutcome> {
  const given = new URLSearchParams(location.search)
  const provider = decodeURIComponent(location.pathname.split('/').at(-1) ?? '')
  history.replaceState(history.state, '', location.pathname)
  const named = ['code', 'state', 'iss', 'error'].flatMap(name => {
    const value = given.get(name)
    return value === null ? [] : [[name, value]]
  })
  return access.endAgencyVisit(provider, Object.fromEntries(named) as Record<string, string>)
}
