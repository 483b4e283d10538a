import { Group } from '@mantine/core'
import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Chip, Empty, Page, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as cases from './api.ts'
import type { Glass } from './api.ts'
import { BreakGlass } from './break-glass.tsx'
import { glassReasonWord, words } from './glass-words.ts'

const glassKey = ['cases', 'glass']

/** Emergency openings: breaking the glass, and reviewing that others did. */
export function GlassPage() {
  const say = useWords(words)
  const may = useMay()
  return (
    <Page title={say('title')} lead={say('lead')} beside={<BreakGlass />}>
      {may('cases.reviewGlass') ? (
        <ToReview />
      ) : (
        <Empty title={say('forEmergency')} hint={say('forEmergencyHint')} />
      )}
    </Page>
  )
}

function ToReview() {
  const say = useWords(words)
  const list = useRows(glassKey, after => cases.glasses(after))
  return (
    <Part title={say('openings')}>
      <Listing of={list}>
        {rows => (
          <Rows
            of={rows}
            label={say('openings')}
            keyOf={row => row.glass}
            toneOf={row => (row.verdict === null ? 'bad' : undefined)}
            empty={<Empty title={say('none')} hint={say('noneHint')} />}
            columns={[
              { key: 'at', name: say('at'), cell: row => <When at={row.at} /> },
              { key: 'by', name: say('by'), cell: row => row.by ?? say('unknown') },
              { key: 'case', name: say('number'), cell: row => row.number ?? '—' },
              {
                key: 'why',
                name: say('why'),
                isWide: true,
                cell: row => (
                  <>
                    <Chip tone="bad">{say(glassReasonWord[row.reason])}</Chip> {row.words}
                  </>
                ),
              },
              { key: 'review', name: say('review'), isAct: true, cell: row => <Review of={row} /> },
            ]}
          />
        )}
      </Listing>
    </Part>
  )
}

function Review({ of }: { readonly of: Glass }) {
  const say = useWords(words)
  if (of.verdict !== null)
    return (
      <Chip tone={of.verdict === 'justified' ? 'good' : 'bad'}>
        {say(of.verdict === 'justified' ? 'justified' : 'notJustified')}
      </Chip>
    )
  if (of.isOwn) return <>{say('own')}</>
  return (
    <Group gap={6}>
      {(['justified', 'notJustified'] as const).map(verdict => (
        <AskedButton
          key={verdict}
          label={say(verdict)}
          title={say(verdict === 'justified' ? 'justifiedTitle' : 'notJustifiedTitle')}
          sentence={say('reviewSentence')}
          confirm={say(verdict)}
          said={say('reviewed')}
          verb={() => cases.reviewGlass(of.glass, verdict)}
          changes={[glassKey, ['access', 'approvals']]}
        />
      ))}
    </Group>
  )
}
