import { NumberInput, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AskedButton } from '../controls/choice.tsx'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Chip, Empty, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as audit from './api.ts'
import type { ReadingRule } from './api.ts'
import { flagWord, words } from './flag-words.ts'

const flagsKey = ['audit', 'flags']
const ruleKey = ['audit', 'reading-rule']

/** Readings that were out of the ordinary, for whoever answers for data protection. */
export function FlagsPart({ choose }: { readonly choose: (account: string) => void }) {
  const say = useWords(words)
  const agencyName = useAgencyName()
  const list = useRows(flagsKey, audit.flags)
  const rule = useQuery({ queryKey: ruleKey, queryFn: audit.readingRule })
  return (
    <Part title={say('flags')} beside={rule.data === undefined ? null : <Rule of={rule.data} />}>
      <Listing of={list}>
        {rows => (
          <Rows
            of={rows}
            label={say('flags')}
            keyOf={row => row.flag}
            toneOf={row => (row.seenAt === null ? 'warn' : undefined)}
            empty={<Empty title={say('noFlags')} hint={say('noFlagsHint')} />}
            columns={[
              { key: 'at', name: say('at'), cell: row => <When at={row.at} /> },
              {
                key: 'kind',
                name: say('kind'),
                cell: row => <Chip tone="warn">{say(flagWord[row.kind])}</Chip>,
              },
              {
                key: 'who',
                name: say('who'),
                isWide: true,
                cell: row => (
                  <button type="button" className="row-link" data-row onClick={() => choose(row.account)}>
                    {`${row.name ?? row.account.slice(-8)} · ${agencyName(row.agency)}`}
                  </button>
                ),
              },
              {
                key: 'seen',
                name: say('seen'),
                isAct: true,
                cell: row =>
                  row.seenAt === null ? (
                    <AskedButton
                      label={say('see')}
                      title={say('seeTitle')}
                      sentence={say('seeSentence')}
                      confirm={say('see')}
                      verb={() => audit.seeFlag(row.flag)}
                      changes={[flagsKey]}
                    />
                  ) : (
                    <When at={row.seenAt} />
                  ),
              },
            ]}
          />
        )}
      </Listing>
    </Part>
  )
}

function Rule({ of }: { readonly of: ReadingRule }) {
  const say = useWords(words)
  const [rule, setRule] = useState(of)
  const field = (name: keyof ReadingRule, min: number, max: number) => (
    <NumberInput
      label={say(name)}
      value={rule[name]}
      min={min}
      max={max}
      allowDecimal={false}
      onChange={value => setRule({ ...rule, [name]: Number(value) })}
    />
  )
  return (
    <AskedButton
      label={say('rule')}
      title={say('rule')}
      sentence={say('ruleSentence')}
      confirm={say('ruleSet')}
      said={say('ruleDone')}
      verb={() => audit.setReadingRule(rule)}
      changes={[ruleKey]}
    >
      <Stack gap="xs">
        {field('casesAnHour', 1, 1000)}
        {field('nightFrom', 0, 23)}
        {field('nightUntil', 0, 23)}
      </Stack>
    </AskedButton>
  )
}
