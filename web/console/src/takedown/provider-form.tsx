import {
  ActionIcon,
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { words as common } from '../controls/words.ts'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as takedown from './api.ts'
import {
  channelLanguages,
  channelTypes,
  providerKinds,
  type Channel,
  type ChannelLanguage,
  type ChannelType,
  type NewChannel,
  type Provider,
  type ProviderKind,
} from './api.ts'
import { words } from './words.ts'

interface Draft {
  readonly name: string
  readonly kind: ProviderKind
  readonly country: string
  readonly domains: string
  readonly kept: readonly Channel[]
  readonly added: readonly NewChannel[]
}

const blankChannel: NewChannel = { type: 'mail', address: '', language: 'en' }
const blank: Draft = { name: '', kind: 'platform', country: '', domains: '', kept: [], added: [blankChannel] }
const linesOf = (text: string) => text.split(/[\s,]+/).filter(line => line !== '')

export function AddProvider() {
  const say = useWords(words)
  return (
    <Dialog
      label={say('add')}
      size="sm"
      variant="filled"
      start={blank}
      save={draft =>
        takedown.addProvider({
          name: draft.name.trim(),
          kind: draft.kind,
          country: draft.country === '' ? null : draft.country.toUpperCase(),
          domains: linesOf(draft.domains),
          channels: draft.added.filter(channel => channel.address.trim() !== ''),
        })
      }
    />
  )
}

export function ChangeProvider({ of }: { readonly of: Provider }) {
  const say = useWords(words)
  const active = of.channels.filter(channel => channel.isActive)
  const start: Draft = {
    name: of.name,
    kind: of.kind,
    country: of.country ?? '',
    domains: of.domains.join('\n'),
    kept: active,
    added: [],
  }
  return (
    <Dialog
      label={say('change')}
      size="xs"
      variant="default"
      start={start}
      save={draft =>
        takedown.changeProvider(of.provider, {
          name: draft.name.trim(),
          kind: draft.kind,
          country: draft.country === '' ? null : draft.country.toUpperCase(),
          domains: linesOf(draft.domains),
          addChannels: draft.added.filter(channel => channel.address.trim() !== ''),
          retireChannels: active
            .filter(channel => !draft.kept.includes(channel))
            .map(channel => channel.channel),
        })
      }
    />
  )
}

function Dialog({
  label,
  size,
  variant,
  start,
  save,
}: {
  readonly label: string
  readonly size: string
  readonly variant: string
  readonly start: Draft
  readonly save: (draft: Draft) => Promise<unknown>
}) {
  const sayCommon = useWords(common)
  const [draft, setDraft] = useState<Draft>()
  return (
    <>
      <Button size={size} variant={variant} onClick={() => setDraft(start)}>
        {label}
      </Button>
      <Modal
        opened={draft !== undefined}
        onClose={() => setDraft(undefined)}
        title={label}
        size="lg"
        closeButtonProps={{ 'aria-label': sayCommon('close') }}
      >
        {draft === undefined ? null : (
          <Form draft={draft} put={setDraft} save={() => save(draft)} close={() => setDraft(undefined)} />
        )}
      </Modal>
    </>
  )
}

function Form({
  draft,
  put,
  save,
  close,
}: {
  readonly draft: Draft
  readonly put: (draft: Draft) => void
  readonly save: () => Promise<unknown>
  readonly close: () => void
}) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const act = useAct({ verb: save, changes: [['takedown']], said: say('saved'), isQuiet: true, after: close })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        act.run(undefined)
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={say('name')}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          value={draft.name}
          onChange={event => put({ ...draft, name: event.currentTarget.value })}
        />
        <Group grow align="flex-start">
          <NativeSelect
            label={say('kind')}
            value={draft.kind}
            onChange={event => put({ ...draft, kind: event.currentTarget.value as ProviderKind })}
            data={providerKinds.map(kind => ({ value: kind, label: say(wordOf('kind', kind)) }))}
          />
          <TextInput
            label={say('country')}
            description={say('countryHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            pattern="[A-Za-z]{2}"
            maxLength={2}
            value={draft.country}
            onChange={event => put({ ...draft, country: event.currentTarget.value })}
          />
        </Group>
        <Textarea
          label={say('domains')}
          description={say('domainsHint')}
          autosize
          minRows={2}
          maxRows={8}
          value={draft.domains}
          onChange={event => put({ ...draft, domains: event.currentTarget.value })}
        />
        <Channels draft={draft} put={put} />
        <Refused error={act.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {sayCommon('cancel')}
          </Button>
          <Button type="submit" loading={act.isBusy}>
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Channels({ draft, put }: { readonly draft: Draft; readonly put: (draft: Draft) => void }) {
  const say = useWords(words)
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {say('channels')}
      </Text>
      {draft.kept.map(channel => (
        <Group key={channel.channel} gap="xs" justify="space-between" wrap="nowrap">
          <Text size="sm">
            {say(wordOf('type', channel.type))}: <code>{channel.address}</code>
          </Text>
          <ActionIcon
            variant="subtle"
            color="plain"
            aria-label={`${say('removeChannel')}: ${channel.address}`}
            onClick={() => put({ ...draft, kept: draft.kept.filter(each => each !== channel) })}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      {draft.added.map((channel, index) => (
        <NewChannelLine
          key={index}
          of={channel}
          put={next => put({ ...draft, added: draft.added.map((each, at) => (at === index ? next : each)) })}
          remove={() => put({ ...draft, added: draft.added.filter((_, at) => at !== index) })}
        />
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => put({ ...draft, added: [...draft.added, blankChannel] })}
        >
          {say('addChannel')}
        </Button>
      </Group>
    </Stack>
  )
}

function NewChannelLine({
  of,
  put,
  remove,
}: {
  readonly of: NewChannel
  readonly put: (channel: NewChannel) => void
  readonly remove: () => void
}) {
  const say = useWords(words)
  return (
    <div className="channel-line">
      <NativeSelect
        aria-label={say('channelType')}
        value={of.type}
        onChange={event => put({ ...of, type: event.currentTarget.value as ChannelType })}
        data={channelTypes.map(type => ({ value: type, label: say(wordOf('type', type)) }))}
      />
      <TextInput
        aria-label={say('channelAddress')}
        placeholder={
          of.type === 'mail' ? 'abuse@example.com' : of.type === 'form' ? 'https://example.com/report' : ''
        }
        type={of.type === 'mail' ? 'email' : of.type === 'form' ? 'url' : 'text'}
        value={of.address}
        onChange={event => put({ ...of, address: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={say('channelLanguage')}
        value={of.language}
        onChange={event => put({ ...of, language: event.currentTarget.value as ChannelLanguage })}
        data={channelLanguages.map(language => ({
          value: language,
          label: say(wordOf('language', language)),
        }))}
      />
      <ActionIcon variant="subtle" color="plain" aria-label={say('removeChannel')} onClick={remove}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
