import { useQuery } from '@tanstack/react-query'
import { Facts, When } from '../controls/page.tsx'
import { Preview } from '../evidence/preview.tsx'
import { useLanguage, useSaying, useWords } from '../language.tsx'
import * as matching from './api.ts'
import type { Match } from './api.ts'
import { words } from './words.ts'

/** What is known: the reporter's fingerprints, or the bank that knows it. Never a picture: there is none here. */
export function Given({ of }: { readonly of: Match }) {
  const say = useWords(words)
  return (
    <section className="match-given">
      <div>
        <h2>{say(of.bank === null ? 'given' : 'listedIn')}</h2>
        {of.bank === null ? (
          <BankFacts case={of.case} />
        ) : (
          <>
            <p className="match-bank">{of.bank.name}</p>
            {of.isStrong === null ? null : (
              <p className="quiet">{say(of.isStrong ? 'strongByBank' : 'nearByBank')}</p>
            )}
          </>
        )}
      </div>
      <Outline of={of} />
    </section>
  )
}

function BankFacts({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const { number } = useSaying()
  const { data } = useQuery({
    queryKey: ['matching', 'bank', id],
    queryFn: () => matching.bank(id),
    staleTime: 60_000,
  })
  if (data === undefined) return null
  return (
    <Facts
      of={[
        [say('bankPictures'), number(data.pictures)],
        [say('bankVideos'), number(data.videos)],
        [say('bankFrames'), number(data.frames)],
        ...(data.copies === 0 ? [] : [[say('bankCopies'), number(data.copies)] as const]),
      ]}
    />
  )
}

/** The found picture as an empty sheet, and the part of it that is like the known one. */
function Outline({ of }: { readonly of: Match }) {
  const say = useWords(words)
  const { x, y, w, h } = of.explanation?.window ?? { x: 0, y: 0, w: 1, h: 1 }
  const isWhole = w === 1 && h === 1
  if (of.turn === null || (isWhole && of.turn === 'identity')) return null
  const part = { x: 2 + x * 116, y: 2 + y * 76, width: w * 116, height: h * 76 }
  const turn = turnOf(of.turn)
  return (
    <figure className="match-outline">
      <svg viewBox="0 0 120 80" role="img" aria-label={say('outline')}>
        <rect className="outline-sheet" x="2" y="2" width="116" height="76" rx="3" />
        <rect className="outline-part" {...part} rx="2" />
        <text
          x={part.x + part.width / 2}
          y={part.y + part.height / 2}
          style={{ transform: turn, transformBox: 'fill-box', transformOrigin: 'center' }}
        >
          가
        </text>
      </svg>
      <figcaption>{say('outlineHint')}</figcaption>
    </figure>
  )
}

const turned: Readonly<Record<string, string>> = {
  rotate90: 'rotate(90deg)',
  rotate180: 'rotate(180deg)',
  rotate270: 'rotate(-90deg)',
  flipX: 'scaleY(-1)',
  flipY: 'scaleX(-1)',
  flipPlus1: 'rotate(90deg) scaleX(-1)',
  flipMinus1: 'rotate(-90deg) scaleX(-1)',
}

/** How the found one lies against the known one. */
function turnOf(turn: Match['turn']): string {
  return (turn !== null && turned[turn]) || 'none'
}

export function Found({ of }: { readonly of: Match }) {
  const say = useWords(words)
  const { number } = useSaying()
  const differences = useDifferences(of)
  const places = of.explanation?.places ?? null
  return (
    <section className="match-found">
      <div>
        <h2>{say('found')}</h2>
        {of.kind === 'nothingFound' ? <p className="quiet">{say('kindNothingFoundHint')}</p> : null}
        <Facts
          of={[
            ...(differences.length === 0
              ? []
              : [[say('differs'), <Differences key="differs" of={differences} />] as const]),
            places === null
              ? [
                  say('distance'),
                  of.distance === null ? (
                    say('distanceNone')
                  ) : (
                    <Distance key="distance" bits={of.distance} limits={limitsOf(of)} />
                  ),
                ]
              : [say('places'), say('placesSaid', { count: places })],
            ...(of.quality === null
              ? []
              : [[say('quality'), say('qualitySaid', { value: of.quality })] as const]),
            ...(of.share === null
              ? []
              : [[say('share'), `${number(Math.round(of.share * 100))} %`] as const]),
            ...(of.atMs === null ? [] : [[say('at'), clockOf(of.atMs)] as const]),
            [say('foundAt'), <When key="found" at={of.foundAt} />],
          ]}
        />
      </div>
      <Preview exhibit={of.exhibit} kind={say('picture')} />
    </section>
  )
}

function Differences({ of }: { readonly of: readonly string[] }) {
  return (
    <ul className="match-differs">
      {of.map(each => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}

/** What was done to the found one, in words: as the server tells it of a picture, and by its turn of a video. */
function useDifferences(of: Match): string[] {
  const language = useLanguage()
  const done = useDone(of)
  // Who decides must know what was not looked at.
  return of.leftOut === null ? done : [...done, of.leftOut.sentence[language]]
}

function useDone(of: Match): string[] {
  const say = useWords(words)
  const language = useLanguage()
  if (of.distance === null && of.explanation === null) return []
  if (of.kind === 'listed' && of.turn === null) return [say('sameFile')]
  if (of.explanation !== null) return [withoutEnd(of.explanation.sentence[language])]
  const turned = of.turn === null ? undefined : turnWords[of.turn]
  return turned === undefined ? [] : [say(turned)]
}

/** The distance has a line of its own. */
const withoutEnd = (sentence: string) => sentence.replace(/ \([^()]*\)$/, '')

const turnWords: Readonly<Record<string, 'turnMirrored' | 'turnUpsideDown' | 'turnSideways' | undefined>> = {
  flipY: 'turnMirrored',
  flipX: 'turnUpsideDown',
  rotate180: 'turnUpsideDown',
  rotate90: 'turnSideways',
  rotate270: 'turnSideways',
  flipPlus1: 'turnSideways',
  flipMinus1: 'turnSideways',
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

// Beyond this nobody takes two pictures for the same.
const scaleMax = 72

interface Limits {
  readonly matchMax: number
  readonly reviewMax: number
}
/** Of the case's own: up to 31 certain; of a part, up to 60 a person looks. A bank has its own limits. */
const limitsOf = (of: Match): Limits => of.bank ?? { matchMax: 31, reviewMax: 60 }

/** Where the distance lies between certain and chance. */
function Distance({ bits, limits }: { readonly bits: number; readonly limits: Limits }) {
  const say = useWords(words)
  const place = (value: number) => `${Math.min(100, (value / scaleMax) * 100)}%`
  return (
    <>
      {say('distanceSaid', { bits })}
      <span
        className="scale"
        role="img"
        aria-label={say('scaleLabel', { bits, match: limits.matchMax, review: limits.reviewMax })}
      >
        <span className="scale-review" style={{ width: place(limits.reviewMax) }} />
        <span className="scale-sure" style={{ width: place(limits.matchMax) }} />
        <span className="scale-here" style={{ left: place(bits) }} />
      </span>
    </>
  )
}
