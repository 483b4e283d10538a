import { Listing, useRows } from '../controls/list.tsx'
import { Empty, Page } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import { MatchCard } from './match-card.tsx'
import { words } from './words.ts'

/** What the program could not decide by itself. */
export function ReviewPage() {
  const say = useWords(words)
  const list = useRows(['matching', 'pending'], after => matching.matches('pending', after))
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Listing of={list}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={say('none')} hint={say('noneHint')} />
          ) : (
            <div className="matches" data-arrows>
              {rows.map(match => (
                <MatchCard key={match.match} of={match} showsCase />
              ))}
            </div>
          )
        }
      </Listing>
    </Page>
  )
}
