import { Group } from '@mantine/core'
import { Chip } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import type { CaseLine } from './api.ts'
import { words } from './words.ts'

/** What must not be overlooked about a case. */
export function Flags({ of }: { readonly of: Pick<CaseLine, 'isUrgent' | 'isMinor' | 'unread'> }) {
  const say = useWords(words)
  if (!of.isUrgent && !of.isMinor && (of.unread ?? 0) === 0) return null
  return (
    <Group gap={4} component="span">
      {of.isUrgent ? <Chip tone="bad">{say('urgent')}</Chip> : null}
      {of.isMinor ? <Chip tone="warn">{say('minor')}</Chip> : null}
      {of.unread !== null && of.unread > 0 ? (
        <Chip tone="accent">{say('unreadCount', { count: of.unread })}</Chip>
      ) : null}
    </Group>
  )
}

export function CaseState({ of }: { readonly of: CaseLine['state'] }) {
  const say = useWords(words)
  return <Chip tone={of === 'open' ? 'accent' : 'plain'}>{say(of)}</Chip>
}
