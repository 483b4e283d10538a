import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { Chip, Facts, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as intake from './api.ts'
import type { ReportRead, TeamMailbox } from './api.ts'
import { Conversation } from './conversation.tsx'
import { useParticulars } from './particulars.tsx'
import { openWith, useMailbox } from './mailbox.ts'
import { Renewal } from './renewal.tsx'
import { wordOf, words } from './words.ts'

/** What was reported, and the conversation with who reported it. */
export function ReportPart({ report }: { readonly report: string }) {
  const query = useQuery({
    queryKey: ['intake', 'report', report],
    queryFn: () => intake.report(report),
    staleTime: 60_000,
  })
  const hasMailbox = query.data?.hasMailbox ?? false
  const mailbox = useMailbox(report, hasMailbox)
  const isReady = query.data !== undefined && (!hasMailbox || mailbox.data !== undefined)
  return (
    <div className="columns">
      <div>
        <Answer of={query} lines={8}>
          {read => <Report of={read} mailbox={mailbox.data} />}
        </Answer>
      </div>
      {isReady ? (
        <Conversation report={report} mailbox={mailbox.data} />
      ) : (
        <Answer of={mailbox} lines={8}>
          {() => null}
        </Answer>
      )}
    </div>
  )
}

interface ReportProps {
  readonly of: ReportRead
  readonly mailbox: TeamMailbox | undefined
}

/** What the reporter wrote; sealed, but for reports from before that. */
function Story({ of, mailbox }: ReportProps) {
  const say = useWords(words)
  const letter = of.storyLetter
  const opening = useQuery({
    queryKey: ['intake', 'story', of.report],
    queryFn: () => openWith(mailbox!, letter!),
    enabled: letter !== null && mailbox !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (letter !== null && opening.data === undefined) return <Text size="sm">{say('opening')}</Text>
  const story = letter === null ? of.story : opening.data
  if (story === null || story === '')
    return (
      <Text size="sm" c="dimmed">
        {say(story === null ? 'shut' : 'noStory')}
      </Text>
    )
  return (
    <p className="story" lang={of.language}>
      {story}
    </p>
  )
}

function Report({ of, mailbox }: ReportProps) {
  const say = useWords(words)
  const agencyName = useAgencyName()
  const may = useMay()
  const particulars = useParticulars(of.particulars)
  const age = of.ageUnder18 === null ? 'ageUnknown' : of.ageUnder18 ? 'under18' : 'adult'
  return (
    <>
      <Part title={say('story')}>
        <Story of={of} mailbox={mailbox} />
      </Part>
      <Part title={say('report')}>
        <Facts
          of={[
            [say('concern'), say(wordOf('concern', of.concern))],
            [say('relation'), say(wordOf('relation', of.relation))],
            [say('age'), of.ageUnder18 === true ? <Chip tone="warn">{say(age)}</Chip> : say(age)],
            ...particulars,
            [say('wantsWoman'), of.wantsWoman ? <Chip tone="accent">{say('yes')}</Chip> : say('no')],
            [say('contact'), <Contact key="contact" of={of.contact} />],
            [say('contactNote'), of.contact.note ?? '–'],
            [say('region'), of.region === null ? '–' : agencyName(of.region)],
            [say('languageName'), say(of.language)],
            [say('material'), say('materialCount', { pictures: of.pictures, videos: of.videos })],
            [say('filedAt'), <When key="filed" at={of.filedAt} />],
          ]}
        />
        {of.hasMailbox && may('intake.renew') ? <Renewal report={of.report} /> : null}
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
