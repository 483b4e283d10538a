import { Alert, Code, Group, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as staffing from './api.ts'
import type { Exposure } from './api.ts'
import { words } from './roster-words.ts'

const toneOf = { free: 'good', warned: 'warn', stopped: 'bad', extended: 'warn' } as const

/** One's own count of distressing content, and one's own calendar. */
export function OwnPart() {
  const say = useWords(words)
  const query = useQuery({ queryKey: ['staffing', 'exposure'], queryFn: staffing.exposure, ...live(30) })
  return (
    <Part title={say('exposure')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {say('exposureLead')}
        </Text>
        <Answer of={query}>
          {exposure => (
            <Stack gap="xs">
              <Alert color={toneOf[exposure.state]} role="status">
                {say(exposure.state)}
              </Alert>
              <Bar label={say('day')} of={exposure.day} state={exposure.state} />
              <Bar label={say('week')} of={exposure.week} state={exposure.state} />
            </Stack>
          )}
        </Answer>
        <Calendar />
      </Stack>
    </Part>
  )
}

function Bar({
  label,
  of,
  state,
}: {
  readonly label: string
  readonly of: Exposure['day']
  readonly state: Exposure['state']
}) {
  const say = useWords(words)
  const share = Math.max(of.looks / of.max.looks, of.seconds / of.max.seconds)
  const counted = say('counted', {
    looks: of.looks,
    looksMax: of.max.looks,
    minutes: Math.round(of.seconds / 60),
    minutesMax: Math.round(of.max.seconds / 60),
  })
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm">{counted}</Text>
      </Group>
      <Progress
        value={Math.min(100, share * 100)}
        color={toneOf[state]}
        aria-label={`${label}: ${counted}`}
      />
    </div>
  )
}

function Calendar() {
  const say = useWords(words)
  const open = useAct({ verb: staffing.openCalendar })
  const close = useAct({ verb: staffing.closeCalendar, said: say('calendarEnded'), after: open.clear })
  return (
    <Part title={say('calendar')} level={3}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {say('calendarSentence')}
        </Text>
        {open.answer === undefined ? null : (
          <div role="status">
            <Text size="sm">{say('calendarShown')}</Text>
            <Code block className="calendar-address" tabIndex={0}>
              {`${location.origin}${open.answer.path}`}
            </Code>
          </div>
        )}
        <Group gap="xs">
          <ActButton act={open} asked={undefined} size="xs" variant="default">
            {say('calendarMake')}
          </ActButton>
          <ActButton act={close} asked={undefined} size="xs" variant="default">
            {say('calendarEnd')}
          </ActButton>
        </Group>
      </Stack>
    </Part>
  )
}
