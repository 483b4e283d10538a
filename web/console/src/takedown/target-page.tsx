import { Alert, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Clock, Empty, Facts, Page, Part, When } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import type { Tone } from '../look.ts'
import { useMay } from '../access/session.tsx'
import * as takedown from './api.ts'
import type { Notice, TargetRead } from './api.ts'
import { basisName } from './statutes.ts'
import { TargetActs } from './target-acts.tsx'
import { TargetStateChip, VerdictWord } from './target-state.tsx'
import { words } from './words.ts'
import { useLanguage } from '../language.tsx'

const route = getRouteApi('/framed/takedown/$target')

export function TargetPage() {
  const { target: id } = route.useParams()
  const query = useQuery({
    queryKey: ['takedown', 'one', id],
    queryFn: () => takedown.target(id),
    ...live(6),
  })
  return (
    <Answer of={query} lines={9}>
      {read => <Read of={read} />}
    </Answer>
  )
}

function Read({ of }: { readonly of: TargetRead }) {
  const say = useWords(words)
  const language = useLanguage()
  return (
    <Page
      title={of.host}
      lead={<span className="address">{of.canonical}</span>}
      beside={
        <Link to="/cases/$case" params={{ case: of.case }} search={{ tab: 'targets' }} className="small-link">
          {say('toCase')}
        </Link>
      }
    >
      {of.attention === null || of.attention === undefined ? null : (
        <Alert color="warn" mb="md" role="status">
          {say(wordOf('attention', of.attention))}
        </Alert>
      )}
      <TargetActs of={of} />
      <Facts
        of={[
          [say('state'), <TargetStateChip key="state" of={of.state} />],
          [say('clock'), <Clock key="clock" endsAt={of.clockEndsAt} />],
          [say('provider'), of.provider?.name ?? say('providerUnknown')],
          [say('rung'), `${say('rungSaid', { rung: of.rung })} · ${say('roundSaid', { round: of.round })}`],
          [say('verdict'), <VerdictWord key="verdict" of={of.verdict} />],
          [say('basis'), basisName(of.basis, language)],
          [say('noticedAt'), of.noticedAt === null ? say('never') : <When key="noticed" at={of.noticedAt} />],
          [
            say('verifiedAt'),
            of.verifiedAt === null ? say('never') : <When key="verified" at={of.verifiedAt} />,
          ],
        ]}
      />
      <div className="columns columns-wide-first">
        <Part title={say('notices')} count={of.notices.length}>
          {of.notices.length === 0 ? (
            <Empty title={say('noNotices')} hint={say('noNoticesHint')} />
          ) : (
            <ul className="cards">
              {of.notices.map(notice => (
                <NoticeCard key={notice.notice} of={notice} target={of.target} />
              ))}
            </ul>
          )}
        </Part>
        <div>
          <Replies of={of} />
          <Looks of={of} />
        </div>
      </div>
    </Page>
  )
}

const noticeTone: Readonly<Record<Notice['state'], Tone>> = {
  queued: 'plain',
  sending: 'accent',
  sent: 'good',
  unconfirmed: 'warn',
  failed: 'bad',
  bounced: 'bad',
  toHand: 'warn',
  dropped: 'plain',
}

function NoticeCard({ of, target }: { readonly of: Notice; readonly target: string }) {
  const say = useWords(words)
  const may = useMay()
  return (
    <li className="card">
      <div className="card-head">
        <strong>{say('rungSaid', { rung: of.rung })}</strong>
        <Chip tone={noticeTone[of.state]}>
          {say(of.state === 'sent' ? 'noticeSentState' : wordOf('notice', of.state))}
        </Chip>
        {of.reminder === 0 ? null : <Chip>{say('noticeReminder', { count: of.reminder })}</Chip>}
        <span className="quiet">
          {regimeWord(of.regime) === undefined ? of.regime : say(regimeWord(of.regime)!)}
        </span>
      </div>
      <Facts
        of={[
          [say('noticeTo'), <code key="to">{of.to}</code>],
          [say('noticeSent'), <When key="sent" at={of.sentAt} />],
          [say('noticeDue'), <Clock key="due" endsAt={of.dueAt} />],
        ]}
      />
      <details>
        <summary>{say('noticeText')}</summary>
        <p className="subject">{of.subject}</p>
        <pre className="letter" tabIndex={0}>
          {of.text}
        </pre>
      </details>
      {of.state === 'toHand' && may('takedown.notify') ? (
        <AskedButton
          label={say('handIn')}
          title={say('handInTitle')}
          sentence={say('handInSentence')}
          confirm={say('handIn')}
          verb={() => takedown.handIn(of.notice)}
          changes={[['takedown', 'one', target]]}
        />
      ) : null}
    </li>
  )
}

const regimes = ['krTelecom', 'krSvpa', 'usTakeItDown', 'euDsa', 'ukOsa', 'generic'] as const
function regimeWord(regime: string) {
  const known = regimes.find(each => each === regime)
  return known === undefined ? undefined : wordOf('regime', known)
}

function Replies({ of }: { readonly of: TargetRead }) {
  const say = useWords(words)
  return (
    <Part title={say('replies')} count={of.replies.length}>
      {of.replies.length === 0 ? (
        <Empty title={say('noReplies')} hint={say('noRepliesHint')} />
      ) : (
        <ul className="cards">
          {of.replies.map(reply => (
            <li key={reply.reply} className="card">
              <Group gap={6}>
                <Chip
                  tone={
                    reply.kind === 'refuses' || reply.kind === 'bounce'
                      ? 'bad'
                      : reply.kind === 'unknown'
                        ? 'warn'
                        : 'accent'
                  }
                >
                  {say(wordOf('reply', reply.kind))}
                </Chip>
                <When at={reply.receivedAt} />
              </Group>
              <pre className="letter" tabIndex={0}>
                {reply.text}
              </pre>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function Looks({ of }: { readonly of: TargetRead }) {
  const say = useWords(words)
  return (
    <Part title={say('rechecks')} count={of.rechecks.length}>
      <Rows
        of={of.rechecks}
        label={say('rechecks')}
        keyOf={row => row.recheck ?? row.at}
        empty={<Empty title={say('noRechecks')} hint={say('noRechecksHint')} />}
        columns={[
          { key: 'at', name: say('at'), cell: row => <When at={row.at} /> },
          {
            key: 'verdict',
            name: say('verdict'),
            isWide: true,
            cell: row => <VerdictWord of={row.verdict} />,
          },
          { key: 'status', name: say('status'), isFigure: true, cell: row => row.status ?? '–' },
          {
            key: 'vantage',
            name: say('vantage'),
            cell: row => (row.vantage === 'person' ? say('vantagePerson') : row.vantage),
          },
        ]}
      />
    </Part>
  )
}
