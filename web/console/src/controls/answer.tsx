import { sentenceOf, Problem } from '@jikimi/shared/api.ts'
import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useLanguage, useWords } from '../language.tsx'
import { words } from './words.ts'

/** What a query says: its rows while they are there (with a note when they are old), else why they are not. */
export function Answer<T>({
  of,
  children,
  lines = 4,
}: {
  readonly of: {
    readonly data: T | undefined
    readonly error: Error | null
    readonly refetch: () => Promise<unknown>
  }
  readonly children: (data: T) => ReactNode
  readonly lines?: number
}) {
  const say = useWords(words)
  if (of.data === undefined) {
    if (of.error !== null) return <Failure error={of.error} again={() => void of.refetch()} />
    return (
      <Stack gap={10} aria-busy="true" aria-label={say('loading')} role="status">
        {Array.from({ length: lines }, (_, line) => (
          <Skeleton key={line} height={18} width={`${92 - line * 9}%`} />
        ))}
      </Stack>
    )
  }
  return (
    <>
      {of.error === null ? null : (
        <Alert color="warn" icon={<IconAlertTriangle size={18} />} mb="sm" role="status">
          {say('stale')}
        </Alert>
      )}
      {children(of.data)}
    </>
  )
}

/** A fault in words, with what to do next. */
export function Failure({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const say = useWords(words)
  const language = useLanguage()
  return (
    <Alert color="bad" title={say('failedTitle')} icon={<IconAlertTriangle size={18} />} role="alert">
      <Text size="sm">{sentenceOf(error, language)}</Text>
      <RequestNumber error={error} />
      {again === undefined ? null : (
        <Button mt="xs" variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={again}>
          {say('again')}
        </Button>
      )}
    </Alert>
  )
}

/** The sentence of a refusal, inside a form. */
export function Refused({ error }: { readonly error: unknown }) {
  const language = useLanguage()
  const say = useWords(words)
  if (error === null || error === undefined) return null
  // The window for signing in again stands above and says it.
  if (error instanceof Problem && error.code.endsWith('.notSignedIn')) return null
  return (
    <Alert color="bad" icon={<IconAlertTriangle size={18} />} role="alert">
      <Text size="sm">{sentenceOf(error, language)}</Text>
      {error instanceof Problem && error.wrong.length > 0 ? (
        <Text size="xs">{say('wrong', { at: error.wrong.map(each => each.at).join(', ') })}</Text>
      ) : null}
      <RequestNumber error={error} />
    </Alert>
  )
}

function RequestNumber({ error }: { readonly error: unknown }) {
  const say = useWords(words)
  if (!(error instanceof Problem) || error.request === undefined || error.status < 500) return null
  return (
    <Text size="xs" mt={4}>
      {say('request', { request: error.request })}
    </Text>
  )
}
