import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { subscribers } from '../access/api.ts'
import { subscribersKey } from '../access/subscribers.tsx'
import { useAct } from '../controls/act.tsx'
import { Answer, Refused } from '../controls/answer.tsx'
import { words as common } from '../controls/words.ts'
import { useSaying, useWords } from '../language.tsx'
import * as matching from './api.ts'
import type { Feed, NewFeed } from './api.ts'
import { useBanks } from './bank-state.tsx'
import { words } from './feed-words.ts'

export const feedsKey = ['matching', 'feeds']

// As the server says.
const [banksMax, webhookMax] = [50, 2000]

export interface MadeFeed {
  readonly subscriber: string
  readonly secret: string
  readonly hasWebhook: boolean
}

/** Makes a feed; what it answers with is shown once, by `made`. A subscriber has one at most. */
export function AddFeed({
  have,
  made,
}: {
  readonly have: readonly Feed[]
  readonly made: (feed: MadeFeed) => void
}) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const [isOpen, setOpen] = useState(false)
  const act = useAct({
    verb: async (asked: NewFeed): Promise<MadeFeed> => {
      const { secret } = await matching.addFeed(asked)
      return { subscriber: asked.subscriber, secret, hasWebhook: asked.webhook !== undefined }
    },
    changes: [feedsKey],
    isQuiet: true,
    after: answer => {
      setOpen(false)
      made(answer)
    },
  })
  const close = () => {
    act.clear()
    setOpen(false)
  }
  return (
    <Group>
      <Button onClick={() => setOpen(true)}>{say('add')}</Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={say('addTitle')}
        closeButtonProps={{ 'aria-label': sayCommon('close') }}
      >
        <Form have={have} run={act.run} isBusy={act.isBusy} error={act.error} close={close} />
      </Modal>
    </Group>
  )
}

interface Draft {
  readonly subscriber: string
  readonly webhook: string
  readonly banks: readonly string[]
}

function Form({
  have,
  run,
  isBusy,
  error,
  close,
}: {
  readonly have: readonly Feed[]
  readonly run: (asked: NewFeed) => void
  readonly isBusy: boolean
  readonly error: Error | null
  readonly close: () => void
}) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const [draft, setDraft] = useState<Draft>({ subscriber: '', webhook: '', banks: [] })
  const webhook = draft.webhook.trim()
  const isReady = draft.subscriber !== '' && draft.banks.length > 0 && isWebhook(webhook)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        const { subscriber, banks } = draft
        if (isReady) run({ subscriber, banks, ...(webhook === '' ? {} : { webhook }) })
      }}
    >
      <Stack gap="sm">
        <WhichSubscriber
          without={have.map(each => each.subscriber)}
          value={draft.subscriber}
          put={subscriber => setDraft({ ...draft, subscriber })}
        />
        <WhichBanks chosen={draft.banks} put={banks => setDraft({ ...draft, banks })} />
        <TextInput
          label={say('webhook')}
          description={say(webhook.startsWith('http://') ? 'webhookPlain' : 'webhookHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={isWebhook(webhook) ? null : say('webhookWrong')}
          inputMode="url"
          autoComplete="off"
          maxLength={webhookMax}
          value={draft.webhook}
          onChange={event => setDraft({ ...draft, webhook: event.currentTarget.value })}
        />
        <Refused error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {sayCommon('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {say('add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** None is one too: then the subscriber asks by itself. */
function isWebhook(text: string): boolean {
  return text === '' || (/^https?:\/\//.test(text) && URL.canParse(text))
}

function WhichSubscriber({
  without,
  value,
  put,
}: {
  readonly without: readonly string[]
  readonly value: string
  readonly put: (name: string) => void
}) {
  const say = useWords(words)
  const query = useQuery({ queryKey: subscribersKey, queryFn: subscribers })
  return (
    <Answer of={query} lines={1}>
      {rows => {
        const free = rows.map(each => each.name).filter(name => !without.includes(name))
        if (free.length === 0) return <Text size="sm">{say('noSubscriberLeft')}</Text>
        return (
          <NativeSelect
            label={say('subscriber')}
            description={say('tokenNote')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-autofocus
            value={value}
            onChange={event => put(event.currentTarget.value)}
            data={[{ value: '', label: say('chooseSubscriber') }, ...free]}
          />
        )
      }}
    </Answer>
  )
}

function WhichBanks({
  chosen,
  put,
}: {
  readonly chosen: readonly string[]
  readonly put: (banks: string[]) => void
}) {
  const say = useWords(words)
  const { number } = useSaying()
  const [typed, setTyped] = useState('')
  const query = useBanks()
  const q = typed.trim().toLowerCase()
  return (
    <Answer of={query} lines={4}>
      {({ rows }) => {
        const found = rows.filter(row => `${row.name}\n${row.source}`.toLowerCase().includes(q))
        return (
          <Checkbox.Group
            label={say('banks')}
            description={say('banksChosen', { count: number(chosen.length), most: number(banksMax) })}
            value={[...chosen]}
            onChange={put}
          >
            <Stack gap={8} mt={6}>
              <TextInput
                type="search"
                placeholder={say('findBank')}
                aria-label={say('findBank')}
                value={typed}
                onChange={event => setTyped(event.currentTarget.value)}
                // Enter looks for a bank; it does not send the form.
                onKeyDown={event => (event.key === 'Enter' ? event.preventDefault() : undefined)}
              />
              <div className="feed-banks">
                {found.slice(0, shownMax).map(row => (
                  <Checkbox
                    key={row.bank}
                    value={row.bank}
                    label={row.name}
                    disabled={chosen.length >= banksMax && !chosen.includes(row.bank)}
                  />
                ))}
                {found.length === 0 ? <Text size="sm">{say('noBank')}</Text> : null}
              </div>
            </Stack>
          </Checkbox.Group>
        )
      }}
    </Answer>
  )
}

// More than that is found by typing.
const shownMax = 200
