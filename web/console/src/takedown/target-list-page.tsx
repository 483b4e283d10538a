import { NativeSelect } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Listing, useRows } from '../controls/list.tsx'
import { Empty, Page } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as takedown from './api.ts'
import { targetStates, type TargetState } from './api.ts'
import { byClock } from './clock.ts'
import { waitsForPerson } from './target-state.tsx'
import { TargetTable } from './target-table.tsx'
import { words } from './words.ts'

const route = getRouteApi('/framed/takedown')

export interface TargetSearch {
  readonly state?: TargetState | 'all'
}

export function TargetListPage() {
  const say = useWords(words)
  const { state } = route.useSearch()
  const navigate = useNavigate()
  const asked = state === 'all' || state === undefined ? undefined : state
  const list = useRows(['takedown', 'list', asked], after => takedown.targets(asked, after))
  const choose = (value: string) =>
    void navigate({
      to: '/takedown',
      search: value === '' ? {} : { state: value as TargetState | 'all' },
      replace: true,
    })
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="filters">
        <NativeSelect
          aria-label={say('filter')}
          value={state ?? ''}
          onChange={event => choose(event.currentTarget.value)}
          data={[
            { value: '', label: say('filterAct') },
            { value: 'all', label: say('filterAll') },
            ...targetStates.map(each => ({ value: each, label: say(wordOf('state', each)) })),
          ]}
        />
      </div>
      <Listing of={list}>
        {rows =>
          state === undefined ? (
            <TargetTable
              of={byClock(rows.filter(waitsForPerson))}
              empty={<Empty title={say('noneAct')} hint={say('noneActHint')} />}
            />
          ) : (
            <TargetTable of={byClock(rows)} empty={<Empty title={say('none')} hint={say('noneHint')} />} />
          )
        }
      </Listing>
    </Page>
  )
}
