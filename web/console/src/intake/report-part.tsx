import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../controls/answer.tsx'
import { Chip, Facts, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as intake from './api.ts'
import type { ReportRead } from './api.ts'
import { Conversation } from './conversation.tsx'
import { wordOf, words } from './words.ts'

/** What was reported, and the conversation with who reported it. */
export function ReportPart({ report }: { readonly report: string }) {
  const query = useQuery({
    queryKey: ['intake', 'report', report],
    queryFn: () => intake.report(report),
    staleTime: 60_000,
  })
  return (
    <div className="columns">
      <div>
        <Answer of={query} lines={8}>
          {read => <Report of={read} />}
        </Answer>
      </div>
      <Conversation report={report} />
    </div>
  )
}

function Report({ of }: { readonly of: ReportRead }) {
  const say = useWords(words)
  const agencyName = useAgencyName()
  const age = of.ageUnder18 === null ? 'ageUnknown' : of.ageUnder18 ? 'under18' : 'adult'
  return (
    <>
      <Part title={say('story')}>
        {of.story === '' ? (
          <Text size="sm" c="dimmed">
            {say('noStory')}
          </Text>
        ) : (
          <p className="story" lang={of.language}>
            {of.story}
          </p>
        )}
      </Part>
      <Part title={say('report')}>
        <Facts
          of={[
            [say('concern'), say(wordOf('concern', of.concern))],
            [say('relation'), say(wordOf('relation', of.relation))],
            [say('age'), of.ageUnder18 === true ? <Chip tone="warn">{say(age)}</Chip> : say(age)],
            [say('wantsWoman'), of.wantsWoman ? <Chip tone="accent">{say('yes')}</Chip> : say('no')],
            [say('contact'), <Contact key="contact" of={of.contact} />],
            [say('contactNote'), of.contact.note ?? '–'],
            [say('region'), of.region === null ? '–' : agencyName(of.region)],
            [say('languageName'), say(of.language)],
            [say('material'), say('materialCount', { pictures: of.pictures, videos: of.videos })],
            [say('filedAt'), <When key="filed" at={of.filedAt} />],
          ]}
        />
      </Part>
      {of.unreadable.length === 0 ? null : (
        <Part title={say('unreadable')}>
          <Text size="sm" c="dimmed" mb={4}>
            {say('unreadableHint')}
          </Text>
          <ul className="plain-list">
            {of.unreadable.map(each => (
              <li key={each.text}>
                <code>{each.text}</code>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

function Contact({ of }: { readonly of: ReportRead['contact'] }) {
  const say = useWords(words)
  return (
    <>
      {say(wordOf('way', of.way))}
      {of.value === null ? null : <strong className="contact-value">{of.value}</strong>}
    </>
  )
}
