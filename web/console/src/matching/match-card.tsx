import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Address, Chip, Facts, When } from '../controls/page.tsx'
import { Preview } from '../evidence/preview.tsx'
import { ViewingButton } from '../evidence/viewing.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import * as matching from './api.ts'
import type { Match } from './api.ts'
import { words } from './words.ts'

const toneOf: Readonly<Record<Match['state'], Tone>> = {
  pending: 'warn',
  confirmed: 'accent',
  refuted: 'plain',
}
const changes = [['matching'], ['cases'], ['takedown']]

/** One match: what the reporter gave on the left, what was found on the right, and the decision below. */
export function MatchCard({ of, showsCase }: { readonly of: Match; readonly showsCase: boolean }) {
  const say = useWords(words)
  const may = useMay()
  const isOpen = of.state === 'pending'
  return (
    <article className="match" aria-label={`${of.caseNumber ?? ''} ${of.canonical}`}>
      <header className="card-head">
        {showsCase ? (
          <Link
            to="/cases/$case"
            params={{ case: of.case }}
            search={{ tab: 'matches' }}
            data-row
            className="row-link"
          >
            {of.caseNumber ?? say('case')}
          </Link>
        ) : null}
        <Chip tone={of.kind === 'near' ? 'warn' : 'plain'}>{say(wordOf('kind', of.kind))}</Chip>
        <Chip tone={toneOf[of.state]}>{say(wordOf('state', of.state))}</Chip>
        <Address canonical={of.canonical} />
      </header>
      <div className="match-sides">
        <Given case={of.case} />
        <Found of={of} />
      </div>
      {isOpen && may('matching.decide') ? (
        <Group gap="xs" justify="flex-end">
          {may('evidence.view') ? <ViewingButton exhibit={of.exhibit} /> : null}
          <AskedButton
            label={say('different')}
            title={say('differentTitle')}
            sentence={say('differentSentence')}
            confirm={say('differentConfirm')}
            said={say('decidedDifferent')}
            shortcut="KeyD"
            verb={() => matching.decide(of.match, 'different')}
            changes={changes}
          />
          <AskedButton
            label={say('same')}
            title={say('sameTitle')}
            sentence={say('sameSentence')}
            confirm={say('sameConfirm')}
            said={say('decidedSame')}
            variant="filled"
            shortcut="KeyS"
            verb={() => matching.decide(of.match, 'same')}
            changes={changes}
          />
        </Group>
      ) : null}
    </article>
  )
}

function Given({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const { number } = useSaying()
  const { data } = useQuery({
    queryKey: ['matching', 'bank', id],
    queryFn: () => matching.bank(id),
    staleTime: 60_000,
  })
  return (
    <section>
      <h2>{say('given')}</h2>
      {data === undefined ? null : (
        <Facts
          of={[
            [say('bankPictures'), number(data.pictures)],
            [say('bankVideos'), number(data.videos)],
            [say('bankFrames'), number(data.frames)],
          ]}
        />
      )}
    </section>
  )
}

function Found({ of }: { readonly of: Match }) {
  const say = useWords(words)
  const { number } = useSaying()
  return (
    <section className="match-found">
      <div>
        <h2>{say('found')}</h2>
        {of.kind === 'nothingFound' ? <p className="quiet">{say('kindNothingFoundHint')}</p> : null}
        <Facts
          of={[
            [
              say('distance'),
              of.distance === null ? say('distanceNone') : <Distance key="distance" bits={of.distance} />,
            ],
            ...(of.quality === null
              ? []
              : [[say('quality'), say('qualitySaid', { value: of.quality })] as const]),
            ...(of.share === null || of.share === undefined
              ? []
              : [[say('share'), `${number(Math.round(of.share * 100))} %`] as const]),
            ...(of.turn === null || of.turn === undefined ? [] : [[say('turn'), of.turn] as const]),
            ...(of.atMs === null || of.atMs === undefined ? [] : [[say('at'), clockOf(of.atMs)] as const]),
            [say('foundAt'), <When key="found" at={of.foundAt} />],
          ]}
        />
      </div>
      <Preview exhibit={of.exhibit} kind={say('picture')} />
    </section>
  )
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

// Beyond this nobody takes two pictures for the same (`packages/fingerprint`: up to 31 certain, up to 52 a person looks).
const scaleMax = 64
const [sureMax, reviewMax] = [31, 52]

/** Where the distance lies between certain and chance. */
function Distance({ bits }: { readonly bits: number }) {
  const say = useWords(words)
  const place = (value: number) => `${Math.min(100, (value / scaleMax) * 100)}%`
  return (
    <>
      {say('distanceSaid', { bits })}
      <span className="scale" role="img" aria-label={say('scaleLabel', { bits })}>
        <span className="scale-review" style={{ width: place(reviewMax) }} />
        <span className="scale-sure" style={{ width: place(sureMax) }} />
        <span className="scale-here" style={{ left: place(bits) }} />
      </span>
    </>
  )
}
