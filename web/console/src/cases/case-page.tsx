import { Problem } from '@jikimi/shared/api.ts'
import { Group, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useMay } from '../access/session.tsx'
import { BlocksPart } from '../blocking/blocks-part.tsx'
import { Answer, Failure } from '../controls/answer.tsx'
import { Page, When } from '../controls/page.tsx'
import { ExhibitsPart } from '../evidence/exhibits-part.tsx'
import { ReportPart } from '../intake/report-part.tsx'
import { words as intakeWords, wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import { MatchesPart } from '../matching/matches-part.tsx'
import { live } from '../server.ts'
import { useAgencyName } from '../staffing/agency.tsx'
import { PromiseStrip } from '../support/promises.tsx'
import { SupportPart } from '../support/support-part.tsx'
import { TargetsPart } from '../takedown/targets-part.tsx'
import * as cases from './api.ts'
import type { CaseRead } from './api.ts'
import { Assign } from './assign.tsx'
import { BreakGlass } from './break-glass.tsx'
import { ConsentPart, GuardianWarning } from './consent-part.tsx'
import { CaseState, Flags } from './flags.tsx'
import { HandOver } from './hand-over.tsx'
import { HandoverHistory } from './handover-history.tsx'
import { LockedCase } from './locked-case.tsx'
import { Overview } from './overview.tsx'
import { PeoplePart } from './people-part.tsx'
import { ReadersPart } from './readers-part.tsx'
import { TimelinePart } from './timeline-part.tsx'
import { words } from './words.ts'

const route = getRouteApi('/framed/cases/$case')

export const caseTabs = [
  'overview',
  'report',
  'exhibits',
  'matches',
  'targets',
  'blocks',
  'timeline',
  'people',
  'support',
] as const
export type CaseTab = (typeof caseTabs)[number]

const rightOf: Readonly<Partial<Record<CaseTab, string>>> = {
  report: 'intake.read',
  exhibits: 'evidence.read',
  matches: 'matching.read',
  targets: 'takedown.read',
  blocks: 'blocking.read',
  support: 'support.read',
}

const wordOfTab = {
  overview: 'tabOverview',
  report: 'tabReport',
  exhibits: 'tabExhibits',
  matches: 'tabMatches',
  targets: 'tabTargets',
  blocks: 'tabBlocks',
  timeline: 'tabTimeline',
  people: 'tabPeople',
  support: 'tabSupport',
} as const

export function CasePage() {
  const { case: id } = route.useParams()
  const query = useQuery({ queryKey: ['cases', 'one', id], queryFn: () => cases.oneCase(id), ...live(8) })
  if (query.error instanceof Problem && query.error.code === 'cases.caseLocked')
    return <LockedCase case={id} error={query.error} />
  // What one need not know of is not there. In an emergency it can be opened all the same.
  if (query.error instanceof Problem && query.error.code === 'cases.noCase')
    return (
      <>
        <Failure error={query.error} />
        <BreakGlass case={id} />
      </>
    )
  return (
    <Answer of={query} lines={10}>
      {read => <Read of={read} />}
    </Answer>
  )
}

function Read({ of }: { readonly of: CaseRead }) {
  const say = useWords(words)
  const sayIntake = useWords(intakeWords)
  const may = useMay()
  const { tab = 'overview' } = route.useSearch()
  const navigate = useNavigate()
  const tabs = caseTabs.filter(each => rightOf[each] === undefined || may(rightOf[each]))
  const list = useRef<HTMLDivElement>(null)
  // On a phone the tabs scroll sideways: the chosen one must not lie beyond the edge.
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected=true]')
      ?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [tab])
  const open = (chosen: string | null) =>
    void navigate({
      to: '/cases/$case',
      params: { case: of.case },
      search: { tab: chosen as CaseTab },
      replace: true,
    })
  return (
    <Page
      title={`${of.number} ${sayIntake(wordOf('concern', of.title))}`}
      lead={<Head of={of} />}
      beside={
        <Group gap="xs">
          <Assign of={of} />
          <HandOver of={of} />
        </Group>
      }
    >
      {of.isKeptFromGuardian ? <GuardianWarning /> : null}
      {may('support.read') && tab !== 'support' ? <PromiseStrip case={of.case} /> : null}
      <Tabs value={tabs.includes(tab) ? tab : 'overview'} onChange={open} keepMounted={false}>
        <Tabs.List ref={list} className="case-tabs" aria-label={say('tabs')}>
          {tabs.map((each, index) => (
            <Tabs.Tab key={each} value={each} data-shortcut={`Digit${index + 1}`}>
              {say(wordOfTab[each])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <Overview of={of} />
        </Tabs.Panel>
        <Tabs.Panel value="report" pt="md">
          <ReportPart report={of.report} />
          <ConsentPart case={of.case} />
        </Tabs.Panel>
        <Tabs.Panel value="exhibits" pt="md">
          <ExhibitsPart case={of.case} addresses={of.addresses} />
        </Tabs.Panel>
        <Tabs.Panel value="matches" pt="md">
          <MatchesPart case={of.case} />
        </Tabs.Panel>
        <Tabs.Panel value="targets" pt="md">
          <TargetsPart case={of.case} />
        </Tabs.Panel>
        <Tabs.Panel value="blocks" pt="md">
          <BlocksPart case={of.case} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" pt="md">
          <HandoverHistory case={of.case} />
          <TimelinePart case={of.case} />
        </Tabs.Panel>
        <Tabs.Panel value="people" pt="md">
          <PeoplePart case={of.case} />
          {may('cases.readers') ? <ReadersPart case={of.case} isKnownPerson={of.isKnownPerson} /> : null}
        </Tabs.Panel>
        <Tabs.Panel value="support" pt="md">
          <SupportPart case={of.case} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Head({ of }: { readonly of: CaseRead }) {
  const say = useWords(words)
  const agencyName = useAgencyName()
  return (
    <span className="case-head">
      <Link to="/cases">{say('backToList')}</Link>
      <CaseState of={of.state} />
      <Flags of={of} />
      <span>{agencyName(of.agency)}</span>
      <span>{of.officer?.name ?? say('unassigned')}</span>
      <span>
        {say('opened')} <When at={of.openedAt} />
      </span>
      {of.closedAt === null ? null : (
        <span>
          {say('closedAt')} <When at={of.closedAt} />
        </span>
      )}
    </span>
  )
}
