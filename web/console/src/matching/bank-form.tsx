import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { words as common } from '../controls/words.ts'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import { bankKinds, type BankKind, type ListedBank, type NewBank } from './api.ts'
import { banksKey } from './bank-state.tsx'
import { words } from './bank-words.ts'

const [nameMax, sourceMax] = [80, 200]
const blank: NewBank = { name: '', kind: 'national', source: '' }

/** Makes a bank, and goes there: an empty one is nothing to look at in a list. */
export function AddBank() {
  const say = useWords(words)
  const sayCommon = useWords(common)
  const navigate = useNavigate()
  const [draft, setDraft] = useState<NewBank>()
  const act = useAct({
    verb: (asked: NewBank) => matching.addBank(asked),
    changes: [banksKey],
    said: say('added'),
    isQuiet: true,
    after: ({ bank }) => {
      setDraft(undefined)
      void navigate({ to: '/matching/banks/$bank', params: { bank } })
    },
  })
  const close = () => {
    act.clear()
    setDraft(undefined)
  }
  return (
    <>
      <Button onClick={() => setDraft(blank)}>{say('add')}</Button>
      <Modal
        opened={draft !== undefined}
        onClose={close}
        title={say('addTitle')}
        closeButtonProps={{ 'aria-label': sayCommon('close') }}
      >
        {draft === undefined ? null : (
          <form
            onSubmit={event => {
              event.preventDefault()
              act.run({ ...draft, name: draft.name.trim(), source: draft.source.trim() })
            }}
          >
            <Stack gap="sm">
              <Named draft={draft} put={named => setDraft({ ...draft, ...named })} />
              <NativeSelect
                label={say('kind')}
                description={say(hintOf[draft.kind])}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={draft.kind}
                onChange={event => setDraft({ ...draft, kind: event.currentTarget.value as BankKind })}
                data={bankKinds.map(kind => ({ value: kind, label: say(wordOf('kind', kind)) }))}
              />
              <Refused error={act.error} />
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={close}>
                  {sayCommon('cancel')}
                </Button>
                <Button type="submit" loading={act.isBusy}>
                  {say('add')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  )
}

const hintOf = { national: 'kindNationalHint', partner: 'kindPartnerHint', list: 'kindListHint' } as const

type Names = Pick<NewBank, 'name' | 'source'>

function Named({ draft, put }: { readonly draft: Names; readonly put: (names: Names) => void }) {
  const say = useWords(words)
  return (
    <>
      <TextInput
        label={say('name')}
        required
        withAsterisk={false}
        maxLength={nameMax}
        data-autofocus
        value={draft.name}
        onChange={event => put({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        label={say('source')}
        description={say('sourceHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        withAsterisk={false}
        maxLength={sourceMax}
        value={draft.source}
        onChange={event => put({ ...draft, source: event.currentTarget.value })}
      />
    </>
  )
}

export function RenameBank({ of }: { readonly of: ListedBank }) {
  const say = useWords(words)
  const [draft, setDraft] = useState<Names>({ name: of.name, source: of.source })
  const names = { name: draft.name.trim(), source: draft.source.trim() }
  return (
    <AskedButton
      label={say('rename')}
      title={say('rename')}
      sentence={null}
      confirm={say('save')}
      said={say('saved')}
      size="sm"
      isReady={names.name !== '' && names.source !== ''}
      verb={() => matching.changeBank(of.bank, names)}
      changes={[banksKey]}
    >
      <Named draft={draft} put={setDraft} />
    </AskedButton>
  )
}

/** Nothing is lost by switching off, but nothing is found either: that is said first. */
export function SwitchBank({ of }: { readonly of: ListedBank }) {
  const say = useWords(words)
  const act = useAct({
    verb: () => matching.changeBank(of.bank, { isEnabled: true }),
    changes: [banksKey],
    said: say('turnedOn'),
  })
  if (!of.isEnabled)
    return (
      <Button loading={act.isBusy} onClick={() => act.run(undefined)}>
        {say('turnOn')}
      </Button>
    )
  return (
    <AskedButton
      label={say('turnOff')}
      title={say('turnOffTitle')}
      sentence={say('turnOffSentence')}
      confirm={say('turnOff')}
      said={say('turnedOff')}
      tone="bad"
      size="sm"
      verb={() => matching.changeBank(of.bank, { isEnabled: false })}
      changes={[banksKey]}
    />
  )
}
