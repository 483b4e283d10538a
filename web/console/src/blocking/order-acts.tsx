import { Group, NativeSelect, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useMay, useSession } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { wordOf } from '../intake/words.ts'
import { useLanguage, useWords } from '../language.tsx'
import { basisName } from '../takedown/statutes.ts'
import * as blocking from './api.ts'
import { bases, liftReasons, refusalReasons, scopes, type Basis, type BlockOrder, type Scope } from './api.ts'
import { words } from './words.ts'

const changes = [['blocking'], ['cases']]
interface Of {
  readonly of: BlockOrder
}

/** What one may do with an order now. Whoever requested it cannot approve it: the law of two. */
export function OrderActs({ of }: Of) {
  const say = useWords(words)
  const may = useMay()
  const session = useSession()
  const isAskable = of.state === 'proposed' || of.state === 'refused' || of.state === 'expired'
  const isLive = of.state === 'approved' || of.state === 'published'
  const isOwn = of.requestedBy === session.account
  return (
    <Group gap={6}>
      {isAskable && may('blocking.request') && !of.guards.includes('critical') ? <Request of={of} /> : null}
      {of.state === 'requested' && may('blocking.approve') ? (
        isOwn ? (
          <Text size="xs" c="dimmed">
            {say(of.approver === 'head' ? 'ownRequestOfHead' : 'ownRequest')}
          </Text>
        ) : (
          <Approve of={of} />
        )
      ) : null}
      {(of.state === 'requested' || of.state === 'proposed') && may('blocking.approve') && !isOwn ? (
        <Refuse of={of} />
      ) : null}
      {isLive && may('blocking.lift') ? <Lift of={of} /> : null}
    </Group>
  )
}

function Request({ of }: Of) {
  const say = useWords(words)
  const language = useLanguage()
  const isHostOff = of.guards.length > 0
  const [basis, setBasis] = useState<Basis>(bases.find(each => each === of.basis) ?? bases[0])
  const [scope, setScope] = useState<Scope>('address')
  return (
    <AskedButton
      label={say('request')}
      title={say('requestTitle')}
      sentence={say('requestSentence')}
      confirm={say('requestConfirm')}
      said={say('requested')}
      variant="filled"
      verb={() => blocking.request(of.order, basis, scope)}
      changes={changes}
    >
      <NativeSelect
        label={say('basis')}
        data-autofocus
        value={basis}
        onChange={event => setBasis(event.currentTarget.value as Basis)}
        data={bases.map(each => ({ value: each, label: basisName(each, language) }))}
      />
      <Radio.Group label={say('scope')} value={scope} onChange={value => setScope(value)}>
        <Stack gap={8} mt={6}>
          {scopes.map(each => (
            <Radio
              key={each}
              value={each}
              disabled={each === 'host' && isHostOff}
              label={each === 'host' ? `${say('scopeHost')}: ${of.name ?? of.host}` : say('scopeAddress')}
            />
          ))}
        </Stack>
      </Radio.Group>
    </AskedButton>
  )
}

function Approve({ of }: Of) {
  const say = useWords(words)
  const language = useLanguage()
  return (
    <AskedButton
      label={say('approve')}
      title={say('approveTitle')}
      sentence={say('approveSentence', {
        host: of.scope === 'host' ? (of.name ?? of.host) : of.canonical,
        scope: say(wordOf('scope', of.scope)),
        basis: of.basis === null ? '–' : basisName(of.basis, language),
      })}
      confirm={say('approveConfirm')}
      said={say('approved')}
      variant="filled"
      verb={() => blocking.approve(of.order)}
      changes={changes}
    />
  )
}

function Refuse({ of }: Of) {
  const say = useWords(words)
  const [reason, setReason] = useState<(typeof refusalReasons)[number]>('notNecessary')
  return (
    <AskedButton
      label={say('refuse')}
      title={say('refuseTitle')}
      sentence={say('refuseSentence')}
      confirm={say('refuseConfirm')}
      tone="bad"
      verb={() => blocking.refuse(of.order, reason)}
      changes={changes}
    >
      <NativeSelect
        label={say('reason')}
        data-autofocus
        value={reason}
        onChange={event => setReason(event.currentTarget.value as typeof reason)}
        data={refusalReasons.map(each => ({ value: each, label: say(wordOf('reason', each)) }))}
      />
    </AskedButton>
  )
}

function Lift({ of }: Of) {
  const say = useWords(words)
  const [reason, setReason] = useState<(typeof liftReasons)[number]>('appeal')
  return (
    <AskedButton
      label={say('lift')}
      title={say('liftTitle')}
      sentence={say('liftSentence')}
      confirm={say('liftConfirm')}
      tone="bad"
      verb={() => blocking.lift(of.order, reason)}
      changes={changes}
    >
      <NativeSelect
        label={say('reason')}
        data-autofocus
        value={reason}
        onChange={event => setReason(event.currentTarget.value as typeof reason)}
        data={liftReasons.map(each => ({ value: each, label: say(wordOf('reason', each)) }))}
      />
    </AskedButton>
  )
}
