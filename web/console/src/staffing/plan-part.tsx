import { Alert, Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { useAgencyName } from './agency.tsx'
import * as staffing from './api.ts'
import type { StaffingPlan } from './api.ts'
import { words } from './plan-words.ts'
import { TileMap } from './tile-map.tsx'

/** Today beside the plan. It is made when asked for: the solver takes seconds. */
export function PlanPart() {
  const say = useWords(words)
  const [isWanted, setWanted] = useState(false)
  const query = useQuery({ queryKey: ['staffing', 'plan'], queryFn: staffing.plan, enabled: isWanted })
  return (
    <Part title={say('plan')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {say('planLead')}
        </Text>
        {isWanted ? (
          <Answer of={query} lines={8}>
            {plan => <Plan of={plan} />}
          </Answer>
        ) : (
          <Button variant="default" onClick={() => setWanted(true)} style={{ alignSelf: 'start' }}>
            {say('make')}
          </Button>
        )}
      </Stack>
    </Part>
  )
}

function Plan({ of }: { readonly of: StaffingPlan }) {
  const say = useWords(words)
  const { either, number } = useSaying()
  const figure = (value: number) => number(Math.round(value * 10) / 10)
  if (of.objective === null)
    return (
      <Alert color="bad" role="status" title={say('infeasible')}>
        {of.shortfalls.map(each => (
          <p key={each.code}>{either(each)}</p>
        ))}
      </Alert>
    )
  const values = { planned: figure(of.objective.largestLoad), moves: of.objective.moves }
  return (
    <Stack gap="sm">
      <Alert color="accent" role="status">
        {of.today === null
          ? say('figuresNoToday', values)
          : say('figures', { ...values, now: figure(of.today.largestLoad) })}
      </Alert>
      <div className="columns">
        <TileMap of={of.rows} />
        <Beside of={of.rows} />
      </div>
      <Moves of={of.seats} />
      <Seats of={of} />
    </Stack>
  )
}

function Beside({ of }: { readonly of: StaffingPlan['rows'] }) {
  const say = useWords(words)
  const { either, number } = useSaying()
  return (
    <Rows
      of={of}
      label={say('plan')}
      keyOf={row => row.agency}
      empty={null}
      columns={[
        { key: 'agency', name: say('agency'), isWide: true, cell: row => either(row) },
        { key: 'load', name: say('load'), isFigure: true, cell: row => number(row.load) },
        { key: 'today', name: say('today'), isFigure: true, cell: row => number(row.officersToday) },
        { key: 'planned', name: say('planned'), isFigure: true, cell: row => number(row.officersPlanned) },
        {
          key: 'change',
          name: say('change'),
          isFigure: true,
          cell: row => {
            const change = row.officersPlanned - row.officersToday
            return change === 0 ? '–' : `${change > 0 ? '+' : '−'}${number(Math.abs(change))}`
          },
        },
      ]}
    />
  )
}

function Moves({ of }: { readonly of: StaffingPlan['seats'] }) {
  const say = useWords(words)
  const agencyName = useAgencyName()
  const moving = of.filter(each => each.from !== each.agency)
  return (
    <Part title={say('moves')} level={3} count={moving.length}>
      {moving.length === 0 ? (
        <Text size="sm">{say('noMoves')}</Text>
      ) : (
        <ul className="sentences">
          {moving.map(each => (
            <li key={each.officer}>
              {each.name}{' '}
              <Chip>{say('fromTo', { from: agencyName(each.from), to: agencyName(each.agency) })}</Chip>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function Seats({ of }: { readonly of: StaffingPlan }) {
  const say = useWords(words)
  const { either } = useSaying()
  return (
    <Part title={say('seats')} level={3}>
      {of.rows.map(row => {
        const seats = of.seats.filter(each => each.agency === row.agency)
        return (
          <details key={row.agency} className="seats">
            <summary>{say('seatsOf', { agency: either(row), count: seats.length })}</summary>
            <ul className="sentences">
              {seats.map(each => (
                <li key={each.officer}>
                  <strong>{each.name}</strong> {either(each)}
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </Part>
  )
}
