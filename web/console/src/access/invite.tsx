import { Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { Secret } from '../controls/secret.tsx'
import { words as common } from '../controls/words.ts'
import { useSaying, useWords } from '../language.tsx'
import { useAgencies } from '../staffing/agency.tsx'
import * as staffing from '../staffing/api.ts'
import * as access from './api.ts'
import { roles, type Role } from './api.ts'
import { roleWord, words } from './words.ts'

const ofAgency: readonly Role[] = ['officer', 'leader', 'counsellor', 'evidenceCustodian']
const ofRoll: readonly Role[] = ['officer', 'leader', 'evidenceCustodian']
const blank = { role: 'officer' as Role, name: '', agency: '', officer: '', person: '' }

export function Invite() {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('invite')}</Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say('inviteTitle')}
        closeButtonProps={{ 'aria-label': sayCommon('close') }}
      >
        <Form close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function Form({ close }: { readonly close: () => void }) {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const { either } = useSaying()
  const [form, setForm] = useState(blank)
  const agencies = useAgencies()
  const officers = useQuery({
    queryKey: ['staffing', 'officers', form.agency],
    queryFn: () => staffing.officers(form.agency),
    enabled: form.agency !== '',
  })
  const known = useQuery({ queryKey: ['access', 'accounts', 'all'], queryFn: () => access.accounts() })
  const act = useAct({
    verb: () =>
      access.invite({
        role: form.role,
        name: form.name.trim(),
        ...(form.agency === '' ? {} : { agency: form.agency }),
        ...(form.officer === '' ? {} : { officer: form.officer }),
        ...(form.person === '' ? {} : { person: form.person }),
      }),
    isQuiet: true,
  })
  if (act.answer !== undefined)
    return (
      <Stack gap="sm">
        <Alert color="warn" title={say('linkTitle')}>
          {say('linkLead')}
        </Alert>
        <Secret label={say('link')} value={act.answer.link} />
        <Group justify="flex-end">
          <Button onClick={close}>{sayCommon('close')}</Button>
        </Group>
      </Stack>
    )
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        act.run(undefined)
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {say('inviteLead')}
        </Text>
        <TextInput
          label={say('name')}
          required
          withAsterisk={false}
          maxLength={60}
          data-autofocus
          value={form.name}
          onChange={event => setForm({ ...form, name: event.currentTarget.value })}
        />
        <NativeSelect
          label={say('role')}
          value={form.role}
          onChange={event =>
            setForm({ ...form, role: event.currentTarget.value as Role, agency: '', officer: '' })
          }
          data={roles.map(role => ({ value: role, label: say(roleWord[role]) }))}
        />
        {!ofAgency.includes(form.role) ? null : (
          <NativeSelect
            label={say('agency')}
            required
            withAsterisk={false}
            value={form.agency}
            onChange={event => setForm({ ...form, agency: event.currentTarget.value, officer: '' })}
            data={[
              { value: '', label: say('chooseAgency') },
              ...agencies.map(each => ({ value: each.code, label: either(each) })),
            ]}
          />
        )}
        {form.agency === '' || !ofRoll.includes(form.role) ? null : (
          <NativeSelect
            label={say('officer')}
            description={say('officerHint')}
            value={form.officer}
            onChange={event => setForm({ ...form, officer: event.currentTarget.value })}
            data={[
              { value: '', label: say('chooseOfficer') },
              ...(officers.data ?? []).map(each => ({ value: each.officer, label: each.name })),
            ]}
          />
        )}
        <NativeSelect
          label={say('samePerson')}
          description={say('samePersonHint')}
          value={form.person}
          onChange={event => setForm({ ...form, person: event.currentTarget.value })}
          data={[
            { value: '', label: say('newPerson') },
            ...(known.data?.rows ?? []).map(each => ({
              value: each.account,
              label: `${each.name} · ${say(roleWord[each.role])}`,
            })),
          ]}
        />
        <Refused error={act.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {sayCommon('cancel')}
          </Button>
          <Button type="submit" loading={act.isBusy}>
            {say('makeLink')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
