import { Checkbox, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencies } from './agency.tsx'
import * as staffing from './api.ts'
import { despiteOf, DespiteFields, noDespite } from './despite.tsx'
import { words as officerWords } from './officer-words.ts'
import { words } from './words.ts'

const changes = [['staffing']]

/** What may be changed about the unit: its officers, how many they are to be, its agencies. */
export function UnitForms({ establishment }: { readonly establishment: number | undefined }) {
  const may = useMay()
  return (
    <Group gap="xs">
      {may('staffing.agencies') ? <AddAgency /> : null}
      {may('staffing.establish') && establishment !== undefined ? (
        <Establishment key={establishment} now={establishment} />
      ) : null}
      {may('staffing.change') ? <AddOfficer /> : null}
    </Group>
  )
}

const blankOfficer = { name: '', isWoman: false, isLeader: false, agency: '' }

function AddOfficer() {
  const say = useWords(words)
  const { either } = useSaying()
  const agencies = useAgencies()
  const [form, setForm] = useState(blankOfficer)
  const [despite, setDespite] = useState(noDespite)
  const name = form.name.trim()
  const verb = async () => {
    await staffing.addOfficer({ ...form, name }, despiteOf(despite))
    setForm(blankOfficer)
    setDespite(noDespite)
  }
  return (
    <AskedButton
      label={say('add')}
      title={say('addTitle')}
      sentence={say('addSentence')}
      confirm={say('add')}
      said={say('added')}
      variant="filled"
      size="sm"
      isReady={name !== '' && form.agency !== ''}
      verb={verb}
      changes={changes}
    >
      <TextInput
        label={say('name')}
        maxLength={60}
        data-autofocus
        value={form.name}
        onChange={event => setForm({ ...form, name: event.currentTarget.value })}
      />
      <NativeSelect
        label={say('posting')}
        value={form.agency}
        onChange={event => setForm({ ...form, agency: event.currentTarget.value })}
        data={[
          { value: '', label: say('choose') },
          ...agencies.map(each => ({ value: each.code, label: either(each) })),
        ]}
      />
      <Checkbox
        label={say('isWoman')}
        checked={form.isWoman}
        onChange={event => setForm({ ...form, isWoman: event.currentTarget.checked })}
      />
      <Checkbox
        label={say('isLeader')}
        checked={form.isLeader}
        onChange={event => setForm({ ...form, isLeader: event.currentTarget.checked })}
      />
      <DespiteFields of={despite} change={setDespite} />
    </AskedButton>
  )
}

function Establishment({ now }: { readonly now: number }) {
  const say = useWords(officerWords)
  const [count, setCount] = useState<number | string>(now)
  const [despite, setDespite] = useState(noDespite)
  const wanted = Number(count)
  return (
    <AskedButton
      label={say('establishment')}
      title={say('establishmentTitle')}
      sentence={say('establishmentSentence')}
      confirm={say('save')}
      said={say('established')}
      size="sm"
      isReady={Number.isInteger(wanted) && wanted >= 1 && wanted <= 500 && wanted !== now}
      verb={() => staffing.setEstablishment(wanted, despiteOf(despite))}
      changes={changes}
    >
      <NumberInput
        label={say('officers')}
        min={1}
        max={500}
        allowDecimal={false}
        hideControls
        value={count}
        data-autofocus
        onChange={setCount}
      />
      <DespiteFields of={despite} change={setDespite} />
    </AskedButton>
  )
}

const blankAgency = { code: '', ko: '', en: '' }

function AddAgency() {
  const say = useWords(officerWords)
  const [form, setForm] = useState(blankAgency)
  const fields = [
    ['code', 'code', 40],
    ['ko', 'korean', 40],
    ['en', 'english', 60],
  ] as const
  return (
    <AskedButton
      label={say('addAgency')}
      title={say('addAgencyTitle')}
      sentence={say('addAgencySentence')}
      confirm={say('addAgency')}
      said={say('agencyAdded')}
      size="sm"
      isReady={/^[a-z][a-z0-9-]*$/.test(form.code) && form.ko.trim() !== '' && form.en.trim() !== ''}
      verb={async () => {
        await staffing.addAgency({ ...form, ko: form.ko.trim(), en: form.en.trim() })
        setForm(blankAgency)
      }}
      changes={changes}
    >
      {fields.map(([key, word, longest]) => (
        <TextInput
          key={key}
          label={say(word)}
          maxLength={longest}
          value={form[key]}
          data-autofocus={key === 'code'}
          onChange={event => setForm({ ...form, [key]: event.currentTarget.value })}
        />
      ))}
    </AskedButton>
  )
}
