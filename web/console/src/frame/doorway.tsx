import { Paper, Stack, Text, Title } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { useWords } from '../language.tsx'
import { LanguageButton, ThemeButton } from './switches.tsx'
import { words } from './words.ts'

/** What stands before the console: signing in, enrolling. */
export function Doorway({
  title,
  lead,
  above,
  children,
}: {
  readonly title: string
  readonly lead?: string | undefined
  readonly above?: string
  readonly children: ReactNode
}) {
  const say = useWords(words)
  useEffect(() => {
    document.title = `${title} · ${say('product')}`
  }, [title, say])
  return (
    <div className="doorway">
      <header className="doorway-head">
        <Mark />
        <span className="spring" />
        <LanguageButton />
        <ThemeButton />
      </header>
      <main>
        <Paper withBorder p="xl" className="doorway-paper">
          <Stack gap="md">
            <div>
              {above === undefined ? null : (
                <Text size="xs" c="dimmed">
                  {above}
                </Text>
              )}
              <Title order={1}>{title}</Title>
              {lead === undefined ? null : (
                <Text size="sm" c="dimmed" mt={4}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </main>
    </div>
  )
}

export function Mark() {
  const say = useWords(words)
  return (
    <span className="product">
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <path
          fill="var(--accent)"
          d="M16 2 4 6.500v8.500c0 7.300 5 12.700 12 15 7-2.300 12-7.700 12-15V6.500z"
        />
        <path
          fill="none"
          stroke="var(--accent-ink)"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
          d="m10.500 16.500 4 4 7.500-8.500"
        />
      </svg>
      {say('product')}
    </span>
  )
}
