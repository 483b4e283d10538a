import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Answer } from '../controls/answer.tsx'
import { Chip, Empty, Part } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as matching from '../matching/api.ts'
import { words as matchingWords } from '../matching/words.ts'
import { live } from '../server.ts'
import { words } from './words.ts'

export function Review() {
  const say = useWords(words)
  const sayMatching = useWords(matchingWords)
  const query = useQuery({
    queryKey: ['matching', 'today'],
    queryFn: () => matching.matches('pending', undefined, 50),
    ...live(10),
  })
  return (
    <Part
      title={say('review')}
      count={query.data?.rows.length}
      beside={
        <Link to="/matching" className="small-link">
          {say('all')}
        </Link>
      }
    >
      <Answer of={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={say('noReview')} hint={say('noReviewHint')} />
          ) : (
            <ul className="lines">
              {rows.slice(0, 6).map(row => (
                <li key={row.match}>
                  <Link
                    to="/cases/$case"
                    params={{ case: row.case }}
                    search={{ tab: 'matches' }}
                    data-row
                    className="row-link address"
                  >
                    {row.canonical}
                  </Link>
                  <span className="spring" />
                  <Chip tone={row.kind === 'near' ? 'warn' : 'plain'}>
                    {sayMatching(wordOf('kind', row.kind))}
                  </Chip>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Part>
  )
}
