import { Button, Group, Kbd } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { useRef } from 'react'
import { useMay, useSession } from '../access/session.tsx'
import { Address, Chip } from '../controls/page.tsx'
import { ViewingButton } from '../evidence/viewing.tsx'
import { walk } from '../frame/shortcuts.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import type { Match, Verdict } from './api.ts'
import { Found, Given } from './sides.tsx'
import { TakeBack, TakenBack } from './take-back.tsx'
import { needsSecond, undoMs, useDecision, type Deciding } from './use-decision.ts'
import { words } from './words.ts'

const toneOf: Readonly<Record<Match['state'], Tone>> = {
  pending: 'warn',
  confirmed: 'accent',
  refuted: 'plain',
  reversed: 'bad',
}
const kindTone: Readonly<Record<Match['kind'], Tone>> = {
  sure: 'plain',
  near: 'warn',
  listed: 'warn',
  nothingFound: 'plain',
}

/** One match: what is known on the left, what was found on the right, and the decision below. */
export function MatchCard({ of, showsCase }: { readonly of: Match; readonly showsCase: boolean }) {
  const say = useWords(words)
  const may = useMay()
  const card = useRef<HTMLElement>(null)
  const deciding = useDecision(of)
  return (
    <article
      ref={card}
      className="match"
      aria-label={`${of.caseNumber} ${of.canonical}`}
      data-decided={deciding.verdict}
    >
      <header className="card-head">
        {showsCase ? (
          <Link
            to="/cases/$case"
            params={{ case: of.case }}
            search={{ tab: 'matches' }}
            data-row
            className="row-link"
          >
            {of.caseNumber}
          </Link>
        ) : null}
        <Chip tone={kindTone[of.kind]}>{say(wordOf('kind', of.kind))}</Chip>
        <Chip tone={toneOf[of.state]}>{say(wordOf('state', of.state))}</Chip>
        {of.state === 'pending' && of.agreed !== null ? <Chip tone="accent">{say('agreed')}</Chip> : null}
        <Address canonical={of.canonical} />
      </header>
      <div className="match-sides">
        <Given of={of} />
        <Found of={of} />
      </div>
      {of.state === 'pending' && may('matching.decide') ? (
        deciding.verdict === undefined ? (
          <Choice of={of} deciding={deciding} card={card} />
        ) : (
          <Undo of={of} deciding={deciding} verdict={deciding.verdict} />
        )
      ) : null}
      {of.state === 'confirmed' && may('matching.decide') ? (
        <Group justify="flex-end" className="match-choice">
          <TakeBack of={of} />
        </Group>
      ) : null}
      {of.reversal === null ? null : <TakenBack reversal={of.reversal} />}
    </article>
  )
}

function Choice({
  of,
  deciding,
  card,
}: {
  readonly of: Match
  readonly deciding: Deciding
  readonly card: RefObject<HTMLElement | null>
}) {
  const say = useWords(words)
  const may = useMay()
  const session = useSession()
  // The law of two: who has agreed first is not the second.
  const isOwn = of.agreed?.by === session.account
  const choose = (verdict: Verdict) => {
    const isHere = card.current?.contains(document.activeElement) ?? false
    deciding.decide(verdict)
    // Worked off by keys: on to the next one. The last one keeps the focus.
    if (isHere) walk(1)
  }
  return (
    <Group gap="xs" justify="flex-end" className="match-choice">
      {isOwn ? <p className="quiet match-waits">{say('ownAgreement')}</p> : null}
      {may('evidence.view') ? <ViewingButton exhibit={of.exhibit} /> : null}
      <Button size="xs" variant="default" data-shortcut="KeyD" onClick={() => choose('different')}>
        {say('different')} <Kbd aria-hidden>D</Kbd>
      </Button>
      {isOwn ? null : (
        <Button size="xs" data-shortcut="KeyS" onClick={() => choose('same')}>
          {say('same')} <Kbd aria-hidden>S</Kbd>
        </Button>
      )}
    </Group>
  )
}

function Undo({
  of,
  deciding,
  verdict,
}: {
  readonly of: Match
  readonly deciding: Deciding
  readonly verdict: Verdict
}) {
  const say = useWords(words)
  const sentence =
    verdict === 'different' ? 'differentSentence' : needsSecond(of) ? 'firstSentence' : 'sameSentence'
  return (
    <div className="match-undo" role="status">
      <p>
        <strong>{say(verdict === 'same' ? 'saidSame' : 'saidDifferent')}</strong> {say(sentence)}
      </p>
      {deciding.isSent ? null : (
        <Button size="xs" variant="default" data-shortcut="KeyU" onClick={deciding.undo}>
          {say('undo')} <Kbd aria-hidden>U</Kbd>
        </Button>
      )}
      <span
        className="match-undo-time"
        style={{ animationDuration: `${undoMs}ms` }}
        data-sent={deciding.isSent}
        aria-hidden
      />
    </div>
  )
}
