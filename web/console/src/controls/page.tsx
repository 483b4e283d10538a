import { Badge, Group, Text, Title } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useSaying, useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import { words } from './words.ts'

/** A page: its heading (which is also the window's title), what stands beside it, and what it holds. */
export function Page({
  title,
  lead,
  beside,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly beside?: ReactNode
  readonly children: ReactNode
}) {
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <Title order={1}>{title}</Title>
          {lead === undefined ? null : (
            <Text component="div" c="dimmed" size="sm" maw={760}>
              {lead}
            </Text>
          )}
        </div>
        {beside === undefined ? null : <div className="page-beside">{beside}</div>}
      </header>
      {children}
    </div>
  )
}

/** One part of a page, with its heading and, where it counts something, the count. */
export function Part({
  title,
  count,
  beside,
  children,
  level = 2,
}: {
  readonly title: string
  readonly count?: number | undefined
  readonly beside?: ReactNode
  readonly children: ReactNode
  readonly level?: 2 | 3
}) {
  return (
    <section className="part">
      <Group justify="space-between" gap="xs" mb={8} wrap="wrap">
        <Group gap={8}>
          <Title order={level}>{title}</Title>
          {count === undefined ? null : <Count of={count} />}
        </Group>
        {beside}
      </Group>
      {children}
    </section>
  )
}

export function Count({ of }: { readonly of: number }) {
  const { number } = useSaying()
  return <span className={of > 0 ? 'count' : 'count count-none'}>{number(of)}</span>
}

/** Nothing here, and what to do about it. */
export function Empty({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children?: ReactNode
}) {
  return (
    <div className="empty">
      <Text fw={600} size="sm">
        {title}
      </Text>
      {hint === undefined ? null : (
        <Text c="dimmed" size="sm">
          {hint}
        </Text>
      )}
      {children}
    </div>
  )
}

export function Chip({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <Badge color={tone}>{children}</Badge>
}

export function When({ at }: { readonly at: string | null | undefined }) {
  const { when } = useSaying()
  if (at === null || at === undefined) return <span aria-hidden="true">–</span>
  return (
    <time dateTime={at} className="when">
      {when(at)}
    </time>
  )
}

const soonMs = 6 * 3_600_000

/** A clock that runs out: how long is left, or how long it is over. */
export function Clock({ endsAt }: { readonly endsAt: string | null }) {
  const say = useWords(words)
  const { span } = useSaying()
  const now = useNow(30_000)
  if (endsAt === null) return <span aria-hidden="true">–</span>
  const leftMs = new Date(endsAt).getTime() - now
  const tone = leftMs < 0 ? 'bad' : leftMs < soonMs ? 'warn' : 'plain'
  return (
    <time dateTime={endsAt} className={`clock clock-${tone}`}>
      {say(leftMs < 0 ? 'overdue' : 'left', { span: span(leftMs) })}
    </time>
  )
}

/** The time, again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** An address of the case as text: it must never be opened by a slip of the hand. */
export function Address({ canonical }: { readonly canonical: string }) {
  const say = useWords(words)
  return (
    <span className="address" title={say('caution')}>
      {canonical}
    </span>
  )
}

/** Facts as a list of terms, two columns where there is room. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {of.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
