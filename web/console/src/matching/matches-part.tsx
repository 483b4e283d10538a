import { Listing, useRows } from '../controls/list.tsx'
import { Empty } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import { MatchCard } from './match-card.tsx'
import { words } from './words.ts'

export function MatchesPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const list = useRows(['matching', 'case', id], after => matching.matchesOfCase(id, after))
  return (
    <Listing of={list}>
      {rows =>
        rows.length === 0 ? (
          <Empty title={say('noneOfCase')} hint={say('noneOfCaseHint')} />
        ) : (
          <div className="matches">
            {rows.map(match => (
              <MatchCard key={match.match} of={match} showsCase={false} />
            ))}
          </div>
        )
      }
    </Listing>
  )
}
