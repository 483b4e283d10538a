import { Alert, Group, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Empty, Page, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import { useAgencies, useAgencyName } from './agency.tsx'
import * as staffing from './api.ts'
import type { Officer, Staffing } from './api.ts'
import { Warnings } from './despite.tsx'
import { OfficerActs } from './officer-acts.tsx'
import { words as officerWords } from './officer-words.ts'
import { OwnPart } from './own-part.tsx'
import { PlanPart } from './plan-part.tsx'
import { RosterPart } from './roster-part.tsx'
import { SwapsPart } from './swaps-part.tsx'
import { TeamPart } from './team-part.tsx'
import { UnitForms } from './unit-forms.tsx'
import { WishesPart } from './wishes-part.tsx'
import { breachWords, words } from './words.ts'

const key = ['staffing']

export function StaffingPage() {
  const say = useWords(words)
  const may = useMay()
  const [agency, setAgency] = useState('')
  const query = useQuery({ queryKey: [...key, 'table'], queryFn: staffing.staffing, ...live(15) })
  return (
    <Page
      title={say('title')}
      lead={
        query.data === undefined
          ? undefined
          : say('lead', { total: query.data.total, establishment: query.data.establishment })
      }
      beside={<UnitForms establishment={query.data?.establishment} />}
    >
      {/* Who changes officers has three acts in each line: beside the table there is no room for them. */}
      <div className={may('staffing.change') ? undefined : 'columns columns-wide-first'}>
        <Part title={say('agency')}>
          <Answer of={query} lines={12}>
            {table => <Table of={table} choose={setAgency} />}
          </Answer>
        </Part>
        <Roll agency={agency} choose={setAgency} />
      </div>
      {may('staffing.plan') ? <PlanPart /> : null}
      {may('staffing.own') ? <WishesPart /> : null}
      <SwapsPart />
      <RosterPart />
      {may('staffing.own') || may('staffing.lead') ? (
        <div className="columns">
          {may('staffing.own') ? <OwnPart /> : null}
          {may('staffing.lead') ? <TeamPart /> : null}
        </div>
      ) : null}
    </Page>
  )
}

function Table({ of, choose }: { readonly of: Staffing; readonly choose: (agency: string) => void }) {
  const say = useWords(words)
  const { either, number } = useSaying()
  const broken = of.rows.filter(row => row.breaches.length > 0).length
  return (
    <Stack gap="sm">
      <Alert color={broken > 0 ? 'bad' : of.breaches.length > 0 ? 'warn' : 'good'} role="status">
        {broken === 0 ? say('allKept') : say('broken', { count: broken })} ·{' '}
        {say('total', { total: of.total, establishment: of.establishment })}
      </Alert>
      <Warnings of={of.warnings} />
      <Rows
        of={of.rows}
        label={say('title')}
        keyOf={row => row.agency}
        toneOf={row => (row.breaches.length > 0 ? 'bad' : undefined)}
        empty={null}
        columns={[
          {
            key: 'agency',
            name: say('agency'),
            isWide: true,
            cell: row => (
              <button type="button" className="row-link" data-row onClick={() => choose(row.agency)}>
                {either(row)}
              </button>
            ),
          },
          { key: 'officers', name: say('officers'), isFigure: true, cell: row => number(row.officers) },
          { key: 'women', name: say('women'), isFigure: true, cell: row => number(row.women) },
          {
            key: 'all',
            name: say('loadAll'),
            isFigure: true,
            cell: row => (row.load === null ? '–' : number(row.load)),
          },
          {
            key: 'load',
            name: say('load'),
            isFigure: true,
            cell: row =>
              row.officers === 0 || row.load === null
                ? '–'
                : number(Math.round((row.load / row.officers) * 10) / 10),
          },
          {
            key: 'breaches',
            name: say('breaches'),
            cell: row =>
              row.breaches.length === 0 ? (
                <span className="quiet">{say('kept')}</span>
              ) : (
                <Group gap={4}>
                  {row.breaches.map(code => (
                    <Chip key={code} tone="bad">
                      {breachWords[code] === undefined ? code : say(breachWords[code])}
                    </Chip>
                  ))}
                </Group>
              ),
          },
        ]}
      />
    </Stack>
  )
}

function Roll({ agency, choose }: { readonly agency: string; readonly choose: (agency: string) => void }) {
  const say = useWords(words)
  const sayOfficer = useWords(officerWords)
  const may = useMay()
  const { either, number } = useSaying()
  const agencies = useAgencies()
  const agencyName = useAgencyName()
  const query = useQuery({
    queryKey: [...key, 'officers', agency],
    queryFn: () => staffing.officers(agency === '' ? undefined : agency),
    ...live(15),
  })
  return (
    <Part title={say('roll')} count={query.data?.length}>
      <Stack gap="sm">
        <NativeSelect
          aria-label={say('filter')}
          value={agency}
          onChange={event => choose(event.currentTarget.value)}
          data={[
            { value: '', label: say('all') },
            ...agencies.map(each => ({ value: each.code, label: either(each) })),
          ]}
        />
        <Answer of={query}>
          {rows => (
            <Rows
              of={rows}
              label={say('roll')}
              keyOf={row => row.officer}
              empty={<Empty title={say('noOfficers')} hint={say('noOfficersHint')} />}
              columns={[
                {
                  key: 'name',
                  name: say('name'),
                  isWide: true,
                  cell: row => (
                    <Group gap={6}>
                      {row.name}
                      {row.isLeader ? <Chip tone="accent">{say('leader')}</Chip> : null}
                      {row.isWoman ? <Chip>{say('woman')}</Chip> : null}
                    </Group>
                  ),
                },
                { key: 'posting', name: say('posting'), cell: row => agencyName(row.agency) },
                {
                  key: 'load',
                  name: say('loadAll'),
                  isFigure: true,
                  cell: row => (row.load === null ? '–' : number(row.load)),
                },
                {
                  key: 'strengths',
                  name: sayOfficer('strengths'),
                  cell: row => [...row.languages, ...row.skills.map(each => sayOfficer(each))].join(' · '),
                },
                ...(may('staffing.change')
                  ? [
                      {
                        key: 'post',
                        name: say('post'),
                        isAct: true,
                        cell: (row: Officer) => <OfficerActs key={row.officer} of={row} />,
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Answer>
      </Stack>
    </Part>
  )
}
