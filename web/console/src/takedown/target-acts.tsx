import { Group, NativeSelect, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as takedown from './api.ts'
import { withdrawals, type Target, type Withdrawal } from './api.ts'
import { words } from './words.ts'

const spent: readonly Target['state'][] = ['withdrawn', 'verifiedDown']

/** What an officer can do with a target now. The server's table of states decides; this only spares a refusal. */
export function TargetActs({ of }: { readonly of: Target }) {
  const say = useWords(words)
  const may = useMay()
  const changes = [['takedown'], ['cases']]
  const recheck = useAct({ verb: takedown.recheck, changes, said: say('rechecked') })
  if (of.state === 'withdrawn' || (!may('takedown.notify') && !may('takedown.decide'))) return null
  return (
    <Group gap="xs" mb="md">
      {may('takedown.notify') && !spent.includes(of.state) && of.state !== 'awaitingChannel' ? (
        <AskedButton
          label={say('notify')}
          title={say('notifyTitle')}
          sentence={say('notifySentence', { provider: of.provider?.name ?? of.host })}
          confirm={say('notifyConfirm')}
          said={say('notified')}
          size="sm"
          variant={of.state === 'suspectedDown' ? 'default' : 'filled'}
          verb={() => takedown.notify(of.target)}
          changes={changes}
        />
      ) : null}
      {may('takedown.decide') && !spent.includes(of.state) ? (
        <ChooseChannel of={of} changes={changes} />
      ) : null}
      {may('takedown.decide') ? (
        <>
          <ActButton act={recheck} asked={of.target} variant="default">
            {say('recheck')}
          </ActButton>
          <ConfirmVerdict of={of} changes={changes} />
          <Withdraw of={of} changes={changes} />
        </>
      ) : null}
    </Group>
  )
}

interface Acting {
  readonly of: Target
  readonly changes: readonly string[][]
}

function ChooseChannel({ of, changes }: Acting) {
  const say = useWords(words)
  const [channel, setChannel] = useState('')
  const { data } = useQuery({
    queryKey: ['takedown', 'providers', 'all'],
    queryFn: () => takedown.providers(undefined, 200),
    staleTime: 30_000,
  })
  const own = (name: string) => name === of.provider?.name
  const sorted = [...(data?.rows ?? [])].sort((a, b) => Number(own(b.name)) - Number(own(a.name)))
  return (
    <AskedButton
      label={say('channel')}
      title={say('channelTitle')}
      sentence={say('channelSentence')}
      confirm={say('channelConfirm')}
      said={say('notified')}
      size="sm"
      variant={of.state === 'awaitingChannel' ? 'filled' : 'default'}
      isReady={channel !== ''}
      verb={() => takedown.chooseChannel(of.target, channel)}
      changes={changes}
    >
      <NativeSelect
        label={say('channels')}
        data-autofocus
        value={channel}
        onChange={event => setChannel(event.currentTarget.value)}
        data={[
          { value: '', label: say('channelNone') },
          ...sorted.map(provider => ({
            group: provider.name,
            items: provider.channels
              .filter(each => each.isActive)
              .map(each => ({
                value: each.channel,
                label: `${say(wordOf('type', each.type))}: ${each.address}`,
              })),
          })),
        ]}
      />
    </AskedButton>
  )
}

function ConfirmVerdict({ of, changes }: Acting) {
  const say = useWords(words)
  const [verdict, setVerdict] = useState<'down' | 'up'>()
  return (
    <AskedButton
      label={say('confirmVerdict')}
      title={say('confirmTitle')}
      sentence={say('confirmSentence')}
      confirm={say('confirmConfirm')}
      size="sm"
      variant={of.state === 'suspectedDown' ? 'filled' : 'default'}
      isReady={verdict !== undefined}
      verb={() => takedown.decide(of.target, verdict ?? 'up')}
      changes={changes}
    >
      <Radio.Group label={say('confirmAnswer')} value={verdict ?? null} onChange={value => setVerdict(value)}>
        <Stack gap={8} mt={6}>
          <Radio value="down" label={say('down')} />
          <Radio value="up" label={say('up')} />
        </Stack>
      </Radio.Group>
    </AskedButton>
  )
}

function Withdraw({ of, changes }: Acting) {
  const say = useWords(words)
  const [reason, setReason] = useState<Withdrawal>('victimsWish')
  return (
    <AskedButton
      label={say('withdraw')}
      title={say('withdrawTitle')}
      sentence={say('withdrawSentence')}
      confirm={say('withdrawConfirm')}
      tone="bad"
      size="sm"
      verb={() => takedown.withdraw(of.target, reason)}
      changes={changes}
    >
      <NativeSelect
        label={say('withdrawReason')}
        data-autofocus
        value={reason}
        onChange={event => setReason(event.currentTarget.value as Withdrawal)}
        data={withdrawals.map(each => ({ value: each, label: say(wordOf('reason', each)) }))}
      />
    </AskedButton>
  )
}
