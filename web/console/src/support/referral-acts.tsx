import { Button, Modal, NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useWords } from '../language.tsx'
import * as support from './api.ts'
import { declines, referralEnds, type Decline, type Referral, type ReferralEnd } from './api.ts'
import { words } from './referral-words.ts'

const changes = [['support', 'referrals']]
export const stateWord = {
  sent: 'stateSent',
  accepted: 'stateAccepted',
  declined: 'stateDeclined',
  done: 'stateDone',
  withdrawn: 'stateWithdrawn',
} as const

/** Opens what a body is told; each opening is in the log. */
export function ReadText({
  ask,
  id,
}: {
  readonly ask: () => Promise<{ text: string }>
  readonly id: string
}) {
  const say = useWords(words)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {say('read')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say('readTitle')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        {isOpen ? <Told ask={ask} id={id} /> : null}
      </Modal>
    </>
  )
}

function Told({ ask, id }: { readonly ask: () => Promise<{ text: string }>; readonly id: string }) {
  const query = useQuery({
    queryKey: ['support', 'referral-text', id],
    queryFn: ask,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return (
    <Answer of={query}>
      {({ text }) => (
        <Text size="sm" className="prewrap">
          {text}
        </Text>
      )}
    </Answer>
  )
}

/** What the team writes down of a referral. */
export function ReferralActs({ of }: { readonly of: Referral }) {
  const isOpen = of.state === 'sent' || of.state === 'accepted'
  return (
    <span className="acts">
      {of.mayRead ? <ReadText id={of.referral} ask={() => support.referralText(of.referral)} /> : null}{' '}
      {isOpen ? (
        <>
          <NoteAnswer of={of} /> <Withdraw of={of} />
        </>
      ) : null}
    </span>
  )
}

function NoteAnswer({ of }: { readonly of: Referral }) {
  const say = useWords(words)
  const first = of.state === 'sent' ? 'accepted' : 'done'
  const [to, setTo] = useState<'accepted' | 'done' | 'declined'>(first)
  const [reason, setReason] = useState<Decline | ''>('')
  return (
    <AskedButton
      label={say('answer')}
      title={say('answerTitle')}
      sentence={say('answerSentence')}
      confirm={say('save')}
      isReady={to !== 'declined' || reason !== ''}
      verb={() =>
        support.stepReferral(
          of.referral,
          to === 'declined' ? { to, reason: reason as Decline } : { to: to === 'done' ? 'done' : first },
        )
      }
      changes={changes}
    >
      <NativeSelect
        label={say('outcome')}
        value={to}
        data-autofocus
        onChange={event => setTo(event.currentTarget.value as typeof to)}
        data={[first, 'declined'].map(each => ({ value: each, label: say(each as 'done') }))}
      />
      {to === 'declined' ? <Why of={declines} chosen={reason} choose={setReason} /> : null}
    </AskedButton>
  )
}

/** A choice of reasons. */
export function Why<R extends Decline | ReferralEnd>({
  of,
  chosen,
  choose,
}: {
  readonly of: readonly R[]
  readonly chosen: R | ''
  readonly choose: (reason: R | '') => void
}) {
  const say = useWords(words)
  return (
    <NativeSelect
      label={say('reason')}
      value={chosen}
      onChange={event => choose(event.currentTarget.value as R | '')}
      data={[
        { value: '', label: say('chooseReason') },
        ...of.map(each => ({ value: each as string, label: say(each) })),
      ]}
    />
  )
}

function Withdraw({ of }: { readonly of: Referral }) {
  const say = useWords(words)
  const [reason, setReason] = useState<ReferralEnd | ''>('')
  return (
    <AskedButton
      label={say('withdraw')}
      title={say('withdrawTitle')}
      sentence={say('withdrawSentence')}
      confirm={say('withdraw')}
      isReady={reason !== ''}
      verb={() => support.stepReferral(of.referral, { to: 'withdrawn', reason: reason as ReferralEnd })}
      changes={changes}
    >
      <Why of={referralEnds} chosen={reason} choose={setReason} />
    </AskedButton>
  )
}
