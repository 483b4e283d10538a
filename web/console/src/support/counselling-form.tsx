import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { AskedButton } from '../controls/choice.tsx'
import { useWords } from '../language.tsx'
import * as support from './api.ts'
import {
  bookings,
  interpreters,
  ways,
  type Booking,
  type Counselling,
  type Interpreter,
  type Way,
} from './api.ts'
import { words } from './counselling-words.ts'
import { endOfDay } from './promise-form.tsx'

const changes = [['support']]
const momentOf = (local: string) => new Date(local).toISOString()

/** A counsellor plans to meet the victim. */
export function PlanSession({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const [way, setWay] = useState<Way>('phone')
  const [at, setAt] = useState('')
  const [place, setPlace] = useState('')
  const [interpreter, setInterpreter] = useState<Interpreter | ''>('')
  return (
    <AskedButton
      label={say('plan')}
      title={say('planTitle')}
      sentence={say('planSentence')}
      confirm={say('plan')}
      said={say('planned')}
      size="sm"
      isReady={at !== ''}
      verb={() =>
        support.planCounselling(id, {
          way,
          at: momentOf(at),
          place: place.trim(),
          interpreter: interpreter === '' ? null : interpreter,
        })
      }
      changes={changes}
    >
      <NativeSelect
        label={say('way')}
        data-autofocus
        value={way}
        onChange={event => setWay(event.currentTarget.value as Way)}
        data={ways.map(each => ({ value: each, label: say(each) }))}
      />
      <Moment at={at} set={setAt} />
      <TextInput
        label={say('place')}
        maxLength={200}
        value={place}
        onChange={event => setPlace(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('interpreter')}
        value={interpreter}
        onChange={event => setInterpreter(event.currentTarget.value as Interpreter | '')}
        data={[
          { value: '', label: say('noInterpreter') },
          ...interpreters.map(each => ({ value: each, label: say(each) })),
        ]}
      />
    </AskedButton>
  )
}

function Moment({ at, set }: { readonly at: string; readonly set: (at: string) => void }) {
  const say = useWords(words)
  return (
    <TextInput
      type="datetime-local"
      label={say('at')}
      value={at}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}

/** What its counsellor says of a session, as far as it can go from where it stands. */
export function SessionActs({ of }: { readonly of: Counselling }) {
  const say = useWords(words)
  const mustFollow = of.state === 'held' && of.followUpAt !== null && of.followedUpAt === null
  return (
    <span className="acts">
      {of.state === 'planned' ? (
        <>
          <Held of={of} />{' '}
          <AskedButton
            label={say('missed')}
            title={say('missedTitle')}
            sentence={say('missedSentence')}
            confirm={say('missed')}
            verb={() => support.stepCounselling(of.counselling, { to: 'missed' })}
            changes={changes}
          />{' '}
          <AskedButton
            label={say('cancel')}
            title={say('cancelTitle')}
            sentence={say('cancelSentence')}
            confirm={say('cancel')}
            verb={() => support.stepCounselling(of.counselling, { to: 'cancelled' })}
            changes={changes}
          />{' '}
          {of.booking === null ? null : <Book of={of} booking={of.booking} />}
        </>
      ) : null}
      {of.state === 'missed' ? <Again of={of} /> : null}
      {mustFollow ? (
        <AskedButton
          label={say('followedUp')}
          title={say('followUp')}
          sentence={say('heldSentence')}
          confirm={say('followedUp')}
          verb={() => support.followUp(of.counselling)}
          changes={changes}
        />
      ) : null}
    </span>
  )
}

function Held({ of }: { readonly of: Counselling }) {
  const say = useWords(words)
  const [day, setDay] = useState('')
  return (
    <AskedButton
      label={say('held')}
      title={say('heldTitle')}
      sentence={say('heldSentence')}
      confirm={say('held')}
      verb={() =>
        support.stepCounselling(of.counselling, {
          to: 'held',
          followUpAt: day === '' ? null : endOfDay(day),
        })
      }
      changes={changes}
    >
      <TextInput
        type="date"
        label={say('followUpDay')}
        value={day}
        data-autofocus
        onChange={event => setDay(event.currentTarget.value)}
      />
    </AskedButton>
  )
}

function Again({ of }: { readonly of: Counselling }) {
  const say = useWords(words)
  const [at, setAt] = useState('')
  return (
    <AskedButton
      label={say('again')}
      title={say('planTitle')}
      sentence={say('planSentence')}
      confirm={say('again')}
      said={say('planned')}
      isReady={at !== ''}
      verb={() => support.stepCounselling(of.counselling, { to: 'planned', at: momentOf(at) })}
      changes={changes}
    >
      <Moment at={at} set={setAt} />
    </AskedButton>
  )
}

function Book({ of, booking }: { readonly of: Counselling; readonly booking: Booking }) {
  const say = useWords(words)
  const [chosen, setChosen] = useState<Booking>(booking)
  return (
    <AskedButton
      label={say('booking')}
      title={say('bookingTitle')}
      sentence={say('bookingSentence')}
      confirm={say('save')}
      verb={() => support.book(of.counselling, chosen)}
      changes={changes}
    >
      <NativeSelect
        label={say('booking')}
        value={chosen}
        data-autofocus
        onChange={event => setChosen(event.currentTarget.value as Booking)}
        data={bookings.map(each => ({ value: each, label: say(each) }))}
      />
    </AskedButton>
  )
}
