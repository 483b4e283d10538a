import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { Address, Chip, Empty, When } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import { live } from '../server.ts'
import * as evidence from './api.ts'
import type { Capture, Exhibit, Exhibits } from './api.ts'
import { Preview } from './preview.tsx'
import { ViewingButton } from './viewing.tsx'
import { faultWords, words } from './words.ts'

interface Named {
  readonly address: string
  readonly canonical: string
}

/** The exhibits of a case, by address: captures as they come, previews blurred. */
export function ExhibitsPart({
  case: id,
  addresses,
}: {
  readonly case: string
  readonly addresses: readonly Named[]
}) {
  const say = useWords(words)
  const query = useQuery({ queryKey: ['evidence', id], queryFn: () => evidence.exhibits(id), ...live(8) })
  return (
    <Answer of={query} lines={8}>
      {found => (
        <>
          <Text size="sm" c="dimmed" mb="md">
            {say('hint')}
          </Text>
          {found.rows.length === 0 && found.captures.length === 0 ? (
            <Empty title={say('none')} hint={say('noneHint')} />
          ) : (
            addresses.map(address => <OfAddress key={address.address} case={id} of={address} found={found} />)
          )}
        </>
      )}
    </Answer>
  )
}

function OfAddress({
  case: id,
  of,
  found,
}: {
  readonly case: string
  readonly of: Named
  readonly found: Exhibits
}) {
  const say = useWords(words)
  const may = useMay()
  const exhibits = found.rows.filter(row => row.address === of.address)
  const captures = found.captures.filter(row => row.address === of.address)
  const capture = useAct({ verb: evidence.capture, changes: [['evidence', id]], said: say('captured') })
  if (exhibits.length === 0 && captures.length === 0) return null
  return (
    <section className="part exhibits-of">
      <Group justify="space-between" gap="xs" mb={8}>
        <h2>
          <Address canonical={of.canonical} />
        </h2>
        <Group gap="xs">
          {captures.slice(0, 1).map(each => (
            <CaptureChip key={each.capture} of={each} />
          ))}
          {may('evidence.capture') ? (
            <ActButton act={capture} asked={of.address} size="xs" variant="default">
              {say('again')}
            </ActButton>
          ) : null}
        </Group>
      </Group>
      <ul className="exhibits">
        {exhibits.map(exhibit => (
          <Card key={exhibit.exhibit} of={exhibit} />
        ))}
      </ul>
    </section>
  )
}

const toneOf: Readonly<Record<Capture['state'], Tone>> = {
  queued: 'plain',
  running: 'accent',
  sealed: 'good',
  failed: 'bad',
}

function CaptureChip({ of }: { readonly of: Capture }) {
  const say = useWords(words)
  return (
    <Group gap={6}>
      <Chip tone={toneOf[of.state]}>
        {say('captures')}: {say(wordOf('capture', of.state))}
      </Chip>
      {of.fault === null ? null : <span className="tone-bad">{say(faultWords[of.fault])}</span>}
      <When at={of.at} />
    </Group>
  )
}

function Card({ of }: { readonly of: Exhibit }) {
  const say = useWords(words)
  const may = useMay()
  const { number } = useSaying()
  const kind = say(wordOf('kind', of.kind))
  return (
    <li className="card exhibit">
      {of.kind === 'archive' ? null : <Preview exhibit={of.exhibit} kind={kind} />}
      <div className="card-head">
        <strong>{kind}</strong>
        <span className="quiet">{of.contentType}</span>
      </div>
      <span className="quiet">
        {number(Math.ceil(of.size / 1024))} KiB · <When at={of.sealedAt} />
      </span>
      <code className="hash" title={say('sha')}>
        {of.sealedSha256}
      </code>
      <Group gap={6}>
        {of.kind !== 'archive' && may('evidence.view') ? <ViewingButton exhibit={of.exhibit} /> : null}
        <a href={evidence.sealedPath(of.exhibit)} download className="small-link">
          {say('sealed')}
        </a>
      </Group>
    </li>
  )
}
