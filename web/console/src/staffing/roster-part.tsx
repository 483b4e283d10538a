import { NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Chip, Empty, Part, useNow } from '../controls/page.tsx'
import { useLanguage, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as staffing from './api.ts'
import type { Duty } from './api.ts'
import { words } from './roster-words.ts'

const dayMs = 86_400_000
const key = ['staffing', 'duties']

/** The day in Seoul, as the roster counts days. */
export const dayOf = (at: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(new Date(at))

/** Who is on call in the next four weeks, one card a day. */
export function RosterPart() {
  const say = useWords(words)
  const may = useMay()
  const now = useNow(60_000)
  const [from, until] = [dayOf(now), dayOf(now + 27 * dayMs)]
  const query = useQuery({
    queryKey: [...key, from],
    queryFn: () => staffing.duties(from, until),
    ...live(60),
  })
  return (
    <Part title={say('roster')} beside={may('staffing.roster') ? <MakeRoster /> : null}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {say('rosterLead')}
        </Text>
        <Answer of={query} lines={6}>
          {rows =>
            rows.length === 0 ? (
              <Empty title={say('noRoster')} hint={say('noRosterHint')} />
            ) : (
              <ol className="duty-days">
                {[...Map.groupBy(rows, row => row.day)].map(([day, duties]) => (
                  <Day key={day} day={day} duties={duties} />
                ))}
              </ol>
            )
          }
        </Answer>
      </Stack>
    </Part>
  )
}

function Day({ day, duties }: { readonly day: string; readonly duties: readonly Duty[] }) {
  const say = useWords(words)
  const may = useMay()
  const language = useLanguage()
  const said = new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
  const own = duties.find(each => each.isOwn)
  return (
    <li className={own === undefined ? 'duty-day' : 'duty-day duty-own'}>
      <time dateTime={day}>{said}</time>
      <ul>
        {duties.map(each => (
          <li key={each.duty}>
            {each.name} {each.isOwn ? <Chip tone="accent">{say('own')}</Chip> : null}
          </li>
        ))}
      </ul>
      {own !== undefined && may('staffing.own') ? <AskSwap of={own} said={said} /> : null}
    </li>
  )
}

function AskSwap({ of, said }: { readonly of: Duty; readonly said: string }) {
  const say = useWords(words)
  const [officer, setOfficer] = useState('')
  const query = useQuery({ queryKey: ['staffing', 'officers', ''], queryFn: () => staffing.officers() })
  return (
    <AskedButton
      label={say('swap')}
      title={say('swapTitle', { day: said })}
      sentence={say('swapSentence')}
      confirm={say('swap')}
      said={say('asked')}
      isReady={officer !== ''}
      verb={() => staffing.askSwap(of.duty, officer)}
      changes={[['staffing', 'swaps']]}
    >
      <NativeSelect
        label={say('colleague')}
        value={officer}
        data-autofocus
        onChange={event => setOfficer(event.currentTarget.value)}
        data={[
          { value: '', label: say('choose') },
          ...(query.data ?? [])
            .filter(each => each.officer !== of.officer)
            .map(each => ({ value: each.officer, label: each.name })),
        ]}
      />
    </AskedButton>
  )
}

function MakeRoster() {
  const say = useWords(words)
  const [firstDay, setFirstDay] = useState('')
  return (
    <AskedButton
      label={say('make')}
      title={say('make')}
      sentence={say('makeSentence')}
      confirm={say('make')}
      said={say('made')}
      isReady={firstDay !== ''}
      verb={() => staffing.makeRoster(firstDay)}
      changes={[key]}
    >
      <TextInput
        type="date"
        label={say('firstDay')}
        value={firstDay}
        data-autofocus
        onChange={event => setFirstDay(event.currentTarget.value)}
      />
    </AskedButton>
  )
}
