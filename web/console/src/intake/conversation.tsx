import { newIdempotencyKey } from '@jikimi/shared/api.ts'
import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useMay } from '../access/session.tsx'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { Listing, useRows } from '../controls/list.tsx'
import { Empty, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { liveWhileSeen } from '../server.ts'
import * as intake from './api.ts'
import type { Message, TeamMailbox } from './api.ts'
import { messagesInClear, write } from './mailbox.ts'
import { wordOf, words } from './words.ts'

interface ConversationProps {
  readonly report: string
  /** None where the report is from before mailboxes. */
  readonly mailbox: TeamMailbox | undefined
}

// What was being written outlives a change of tab; it never leaves the memory of this page.
const drafts = new Map<string, string>()

export function Conversation({ report, mailbox }: ConversationProps) {
  const say = useWords(words)
  const may = useMay()
  const key = ['intake', 'messages', report]
  const list = useRows(key, after => messagesInClear(report, mailbox, after), liveWhileSeen(7))
  return (
    <Part title={say('conversation')}>
      <Text size="sm" c="dimmed" mb="sm">
        {say('conversationHint')}
      </Text>
      <Listing of={list}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={say('noMessages')} hint={say('noMessagesHint')} />
          ) : (
            <ol className="conversation" aria-label={say('conversation')}>
              {rows.map(message => (
                <Line key={message.id} of={message} />
              ))}
            </ol>
          )
        }
      </Listing>
      {may('intake.write') ? <Write report={report} mailbox={mailbox} changes={key} /> : null}
    </Part>
  )
}

function Line({ of }: { readonly of: Message }) {
  const say = useWords(words)
  const isOurs = of.from !== 'reporter'
  return (
    <li className={isOurs ? 'message message-ours' : 'message'}>
      <header>
        <strong>{say(wordOf('from', of.from))}</strong> <When at={of.writtenAt} />
        {isOurs ? <span className="quiet"> · {say(of.readAt === null ? 'unread' : 'read')}</span> : null}
      </header>
      <p>{of.text ?? <em>{say('shut')}</em>}</p>
    </li>
  )
}

function Write({ report, mailbox, changes }: ConversationProps & { readonly changes: readonly string[] }) {
  const say = useWords(words)
  const [text, setText] = useState(() => drafts.get(report) ?? '')
  // The same words sent again, after an answer was lost, are the same message.
  const key = useRef({ of: '', key: '' })
  const put = (next: string) => {
    drafts.set(report, next)
    setText(next)
  }
  const act = useAct({
    verb: () => {
      const said = text.trim()
      if (key.current.of !== said) key.current = { of: said, key: newIdempotencyKey() }
      return write(report, mailbox, said, key.current.key)
    },
    changes: [changes],
    said: say('sent'),
    isQuiet: true,
    after: () => {
      key.current = { of: '', key: '' }
      put('')
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (text.trim() !== '') act.run(undefined)
      }}
    >
      <Stack gap="xs" mt="md">
        <Textarea
          label={say('write')}
          description={say('writeHint')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={intake.messageLengthMax}
          value={text}
          onChange={event => put(event.currentTarget.value)}
        />
        <Refused error={act.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={act.isBusy} disabled={text.trim() === ''}>
            {say('send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
