import { Alert } from '@mantine/core'
import { Refused } from '../controls/answer.tsx'
import { useWords } from '../language.tsx'
import { words } from './words.ts'

/** What went wrong with a passkey: the device's own refusals are no problem of the server. */
export function PasskeyFault({ error }: { readonly error: Error | null }) {
  const say = useWords(words)
  if (error === null) return null
  const known = faults[error.name as keyof typeof faults]
  if (known === undefined) return <Refused error={error} />
  return (
    <Alert color="warn" role="alert">
      {say(known)}
    </Alert>
  )
}

// Names of DOMException as WebAuthn level 3 gives them.
const faults = {
  NotAllowedError: 'passkeyStopped',
  AbortError: 'passkeyStopped',
  InvalidStateError: 'passkeyTaken',
  NotSupportedError: 'noPasskeyHere',
  SecurityError: 'noPasskeyHere',
} as const
