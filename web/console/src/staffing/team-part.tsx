import { Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Chip, Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as staffing from './api.ts'
import type { Availability, Leave } from './api.ts'
import { words } from './roster-words.ts'

const key = ['staffing', 'availability']
const leaveKey = ['staffing', 'leave']

/** What a leader sees of their team: available or not for content, and days off. No figure, no reason. */
export function TeamPart() {
  const say = useWords(words)
  const query = useQuery({ queryKey: key, queryFn: staffing.availability, ...live(30) })
  return (
    <Part title={say('team')} count={query.data?.length}>
      <Answer of={query}>
        {rows => (
          <Stack gap="xs">
            {rows.map(each => (
              <Group key={each.officer} justify="space-between" gap="xs">
                <Text size="sm">
                  {each.name}{' '}
                  <Chip tone={each.isForContent ? 'good' : 'warn'}>
                    {say(each.isForContent ? 'available' : 'notForContent')}
                  </Chip>
                </Text>
                {each.isForContent ? null : <Extend of={each} />}
              </Group>
            ))}
            <DaysOff team={rows} />
          </Stack>
        )}
      </Answer>
    </Part>
  )
}

function Extend({ of }: { readonly of: Availability }) {
  const say = useWords(words)
  const [reason, setReason] = useState('')
  return (
    <AskedButton
      label={say('extend')}
      title={`${of.name}: ${say('extend')}`}
      sentence={say('extendSentence')}
      confirm={say('extend')}
      said={say('extendDone')}
      isReady={reason.trim().length >= 5}
      verb={() => staffing.extend(of.officer, reason.trim())}
      changes={[key]}
    >
      <Textarea
        label={say('reason')}
        value={reason}
        maxLength={300}
        data-autofocus
        onChange={event => setReason(event.currentTarget.value)}
      />
    </AskedButton>
  )
}

function DaysOff({ team }: { readonly team: readonly Availability[] }) {
  const say = useWords(words)
  const query = useQuery({ queryKey: leaveKey, queryFn: staffing.leave, ...live(60) })
  return (
    <Part title={say('off')} level={3} count={query.data?.length} beside={<AddOff team={team} />}>
      <Stack gap={6}>
        {(query.data ?? []).map(each => (
          <OffLine key={each.leave} of={each} />
        ))}
      </Stack>
    </Part>
  )
}

function OffLine({ of }: { readonly of: Leave }) {
  const say = useWords(words)
  const act = useAct({ verb: () => staffing.dropLeave(of.leave), changes: [leaveKey] })
  const line = say('offLine', { name: of.name, from: of.from, until: of.until })
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">{line}</Text>
      <ActButton
        act={act}
        asked={undefined}
        size="xs"
        variant="default"
        aria-label={`${say('drop')}: ${line}`}
      >
        {say('drop')}
      </ActButton>
    </Group>
  )
}

const blank = { officer: '', from: '', until: '' }

function AddOff({ team }: { readonly team: readonly Availability[] }) {
  const say = useWords(words)
  const [form, setForm] = useState(blank)
  return (
    <AskedButton
      label={say('addOff')}
      title={say('addOff')}
      sentence={say('addOffSentence')}
      confirm={say('addOff')}
      said={say('offAdded')}
      isReady={Object.values(form).every(each => each !== '')}
      verb={() => staffing.addLeave(form.officer, form.from, form.until)}
      changes={[leaveKey]}
    >
      <NativeSelect
        label={say('officer')}
        value={form.officer}
        data-autofocus
        onChange={event => setForm({ ...form, officer: event.currentTarget.value })}
        data={[
          { value: '', label: say('choose') },
          ...team.map(each => ({ value: each.officer, label: each.name })),
        ]}
      />
      <TextInput
        type="date"
        label={say('from')}
        value={form.from}
        onChange={event => setForm({ ...form, from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={say('until')}
        value={form.until}
        onChange={event => setForm({ ...form, until: event.currentTarget.value })}
      />
    </AskedButton>
  )
}
