import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Page } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencies, useAgencyName } from '../staffing/agency.tsx'
import { AgentsPart } from './agents-part.tsx'
import * as support from './api.ts'
import { bodyKinds, type Body, type BodyKind } from './api.ts'
import { words } from './referral-words.ts'

const changes = [['support', 'bodies']]
const useful = ['wheelchair', 'signLanguage', 'textOnly', 'easyWords'] as const

/** The bodies that help victims, and what of each is not certain. */
export function DirectoryPage() {
  const say = useWords(words)
  const may = useMay()
  const query = useQuery({ queryKey: ['support', 'bodies'], queryFn: support.bodies })
  return (
    <Page
      title={say('directory')}
      lead={say('directoryLead')}
      beside={may('support.keepDirectory') ? <AddBody /> : null}
    >
      <Answer of={query}>{({ rows }) => <Bodies of={rows} />}</Answer>
      {may('support.agents') ? <AgentsPart bodies={query.data?.rows ?? []} /> : null}
    </Page>
  )
}

function Bodies({ of }: { readonly of: readonly Body[] }) {
  const say = useWords(words)
  const { either } = useSaying()
  const may = useMay()
  const agencyName = useAgencyName()
  const doubt = (row: Body, what: string) =>
    row.unconfirmed.includes(what) ? <Chip tone="warn">{say('unconfirmed')}</Chip> : null
  return (
    <Rows
      of={of}
      label={say('directory')}
      keyOf={row => row.body}
      empty={null}
      columns={[
        {
          key: 'name',
          name: say('name'),
          isWide: true,
          cell: row => (
            <>
              {either(row.name)} {row.hasAgent ? <Chip tone="good">{say('hasAgent')}</Chip> : null}
            </>
          ),
        },
        { key: 'kind', name: say('kind'), cell: row => say(row.kind) },
        {
          key: 'phone',
          name: say('phone'),
          cell: row => (
            <>
              {row.phone ?? '—'} {doubt(row, 'phone')}
            </>
          ),
        },
        {
          key: 'region',
          name: say('region'),
          cell: row => (row.region === null ? say('nationwide') : agencyName(row.region)),
        },
        {
          key: 'languages',
          name: say('languages'),
          cell: row => (
            <>
              {row.languages.join(', ')} {doubt(row, 'languages')}
            </>
          ),
        },
        {
          key: 'accessibility',
          name: say('accessibility'),
          cell: row => (
            <>
              {useful
                .filter(each => row.accessibility.includes(each))
                .map(each => say(each))
                .join(', ') || '—'}{' '}
              {doubt(row, 'accessibility')}
            </>
          ),
        },
        {
          key: 'acts',
          name: say('acts'),
          isAct: true,
          cell: row =>
            row.isOwn && may('support.keepDirectory') ? (
              <AskedButton
                label={say('shut')}
                title={say('shutTitle')}
                sentence={say('shutSentence')}
                confirm={say('shut')}
                verb={() => support.closeBody(row.body)}
                changes={changes}
              />
            ) : null,
        },
      ]}
    />
  )
}

function AddBody() {
  const say = useWords(words)
  const { either } = useSaying()
  const agencies = useAgencies()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<BodyKind>('shelter')
  const [phone, setPhone] = useState('')
  const [region, setRegion] = useState('')
  const [languages, setLanguages] = useState('ko')
  return (
    <AskedButton
      label={say('add')}
      title={say('addTitle')}
      sentence={say('addSentence')}
      confirm={say('add')}
      said={say('added')}
      size="sm"
      isReady={name.trim().length > 1 && languages.trim() !== ''}
      verb={() =>
        support.addBody({
          name: name.trim(),
          kind,
          phone: phone.trim() === '' ? null : phone.trim(),
          region: region === '' ? null : region,
          languages: languages
            .split(',')
            .map(each => each.trim())
            .filter(each => each !== ''),
          accessibility: [],
        })
      }
      changes={changes}
    >
      <TextInput
        label={say('name')}
        maxLength={100}
        value={name}
        data-autofocus
        onChange={event => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('kind')}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as BodyKind)}
        data={bodyKinds.map(each => ({ value: each, label: say(each) }))}
      />
      <TextInput
        label={say('phone')}
        maxLength={40}
        value={phone}
        onChange={event => setPhone(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('region')}
        value={region}
        onChange={event => setRegion(event.currentTarget.value)}
        data={[
          { value: '', label: say('nationwide') },
          ...agencies.map(each => ({ value: each.code, label: either(each) })),
        ]}
      />
      <TextInput
        label={say('languages')}
        description={say('languagesHint')}
        value={languages}
        onChange={event => setLanguages(event.currentTarget.value)}
      />
    </AskedButton>
  )
}
