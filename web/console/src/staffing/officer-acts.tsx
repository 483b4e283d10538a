import { Alert, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencies } from './agency.tsx'
import * as staffing from './api.ts'
import { skillCodes, type Officer } from './api.ts'
import { despiteOf, DespiteFields, noDespite } from './despite.tsx'
import { words as officerWords } from './officer-words.ts'
import { words } from './words.ts'

const changes = [['staffing']]

/** What may be changed about one officer: where they serve, what they bring, that they leave. */
export function OfficerActs({ of }: { readonly of: Officer }) {
  const may = useMay()
  return (
    <Group className="acts" gap={4} justify="flex-end">
      <Post of={of} />
      <Strengths of={of} />
      {may('staffing.discharge') ? <Depart of={of} /> : null}
    </Group>
  )
}

function Post({ of }: { readonly of: Officer }) {
  const say = useWords(words)
  const { either } = useSaying()
  const agencies = useAgencies()
  const [agency, setAgency] = useState('')
  const [despite, setDespite] = useState(noDespite)
  return (
    <AskedButton
      label={say('post')}
      title={say('postTitle', { name: of.name })}
      sentence={say('postSentence')}
      confirm={say('postConfirm')}
      said={say('posted')}
      isReady={agency !== ''}
      verb={() => staffing.postOfficer(of.officer, agency, despiteOf(despite))}
      changes={changes}
    >
      <NativeSelect
        label={say('posting')}
        value={agency}
        data-autofocus
        onChange={event => setAgency(event.currentTarget.value)}
        data={[
          { value: '', label: say('choose') },
          ...agencies
            .filter(each => each.code !== of.agency)
            .map(each => ({ value: each.code, label: either(each) })),
        ]}
      />
      <DespiteFields of={despite} change={setDespite} />
    </AskedButton>
  )
}

function Strengths({ of }: { readonly of: Officer }) {
  const say = useWords(officerWords)
  const [languages, setLanguages] = useState(of.languages.join(', '))
  const [skills, setSkills] = useState<Officer['skills']>(of.skills)
  const codes = languages
    .split(/[\s,]+/)
    .filter(each => each !== '')
    .map(each => each.toLowerCase())
  return (
    <AskedButton
      label={say('strengths')}
      title={say('strengthsTitle', { name: of.name })}
      sentence={say('strengthsSentence')}
      confirm={say('save')}
      said={say('saved')}
      isReady={codes.every(each => /^[a-z]{2,3}$/.test(each))}
      verb={() => staffing.setStrengths(of.officer, { languages: codes, skills })}
      changes={changes}
    >
      <TextInput
        label={say('languages')}
        description={say('languagesHint')}
        value={languages}
        data-autofocus
        onChange={event => setLanguages(event.currentTarget.value)}
      />
      {skillCodes.map(each => (
        <Checkbox
          key={each}
          label={say(each)}
          checked={skills.includes(each)}
          onChange={event =>
            setSkills(
              event.currentTarget.checked ? [...skills, each] : skills.filter(known => known !== each),
            )
          }
        />
      ))}
    </AskedButton>
  )
}

function Depart({ of }: { readonly of: Officer }) {
  const say = useWords(officerWords)
  const [despite, setDespite] = useState(noDespite)
  return (
    <AskedButton
      label={say('depart')}
      title={say('departTitle', { name: of.name })}
      sentence={say('departSentence')}
      confirm={say('depart')}
      said={say('departed')}
      tone="bad"
      // Who may not count them is told by the server.
      isReady={(of.load ?? 0) === 0}
      verb={() => staffing.departOfficer(of.officer, despiteOf(despite))}
      changes={changes}
    >
      {of.load !== null && of.load > 0 ? (
        <Alert color="warn">{say('departCases', { load: of.load })}</Alert>
      ) : null}
      <DespiteFields of={despite} change={setDespite} />
    </AskedButton>
  )
}
