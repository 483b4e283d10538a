import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Answer } from '../controls/answer.tsx'
import { Chip, Empty, Page, Part } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as matching from './api.ts'
import type { BankNumbers, ListedBank } from './api.ts'
import { RenameBank, SwitchBank } from './bank-form.tsx'
import { BankLimits } from './bank-limits.tsx'
import { percentOf, useBanks } from './bank-state.tsx'
import { words } from './bank-words.ts'
import { ListImport } from './list-import.tsx'
import { PrecisionPart } from './precision-part.tsx'

/** One bank: how its hits did, its limits, and how a list gets in. */
export function BankPage() {
  const say = useWords(words)
  const { bank: id } = useParams({ from: '/framed/matching/banks/$bank' })
  const query = useBanks()
  const bank = query.data?.rows.find(row => row.bank === id)
  if (bank === undefined)
    return (
      <Page title={say('title')}>
        <Answer of={query} lines={7}>
          {() => (
            <Empty title={say('noBank')} hint={say('noBankHint')}>
              <Link to="/matching/banks">{say('back')}</Link>
            </Empty>
          )}
        </Answer>
      </Page>
    )
  return (
    <Page title={bank.name} lead={<Head of={bank} />} beside={<Acts of={bank} />}>
      <Numbers of={bank} />
      <ListImport bank={bank} />
    </Page>
  )
}

function Head({ of }: { readonly of: ListedBank }) {
  const say = useWords(words)
  return (
    <Group gap={8} component="span">
      <Link to="/matching/banks">{say('back')}</Link>
      <Chip>{say(wordOf('kind', of.kind))}</Chip>
      <Chip tone={of.isEnabled ? 'good' : 'plain'}>{say(of.isEnabled ? 'on' : 'off')}</Chip>
      <span>{of.source}</span>
    </Group>
  )
}

function Acts({ of }: { readonly of: ListedBank }) {
  return (
    <Group gap="xs">
      <RenameBank key={`${of.name}\n${of.source}`} of={of} />
      <SwitchBank of={of} />
    </Group>
  )
}

function Numbers({ of }: { readonly of: ListedBank }) {
  const query = useQuery({
    queryKey: ['matching', 'banks', of.bank],
    queryFn: () => matching.bankNumbers(of.bank),
    ...live(20),
  })
  const say = useWords(words)
  return (
    <Answer of={query} lines={6}>
      {numbers => (
        <>
          <Part title={say('numbersTitle')}>
            <Tiles of={numbers} />
          </Part>
          {of.kind === 'list' ? (
            <Part title={say('limitsTitle')}>
              <p className="quiet">{say('listNoLimits')}</p>
            </Part>
          ) : (
            <>
              <BankLimits key={`${of.matchMax} ${of.reviewMax}`} of={of} />
              <PrecisionPart bank={of} of={numbers} />
            </>
          )}
        </>
      )}
    </Answer>
  )
}

function Tiles({ of }: { readonly of: BankNumbers }) {
  const say = useWords(words)
  const { number } = useSaying()
  const tiles = [
    [say('entries'), number(of.live)],
    [say('withdrawn'), number(of.withdrawn)],
    [say('expired'), number(of.expired)],
    [say('asked'), number(of.asked)],
    [say('found'), number(of.found)],
    [say('confirmed'), number(of.confirmed)],
    [say('reversed'), number(of.reversed)],
    [say('precision'), of.precision === null ? '–' : say('percent', { value: percentOf(of.precision) })],
  ] as const
  return (
    <dl className="tiles">
      {tiles.map(([name, value]) => (
        <div key={name} className="tile">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
