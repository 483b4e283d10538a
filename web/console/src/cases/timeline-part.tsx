import { TimeLine } from '../audit/time-line.tsx'
import { Listing, useRows } from '../controls/list.tsx'
import { Empty } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as cases from './api.ts'
import { words } from './words.ts'

/** What was done on the case: when, what, who, why, and the proof that the log holds it. */
export function TimelinePart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const list = useRows(['cases', 'timeline', id], after => cases.timeline(id, after))
  return (
    <Listing of={list}>
      {rows =>
        rows.length === 0 ? (
          <Empty title={say('noTimeline')} hint={say('noTimelineHint')} />
        ) : (
          <TimeLine of={rows} label={say('tabTimeline')} />
        )
      }
    </Listing>
  )
}
