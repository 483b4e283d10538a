import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import { radiusMax, type ListedBank } from './api.ts'
import { banksKey } from './bank-state.tsx'
import { words } from './bank-words.ts'

/** The two limits of a bank, and what they mean in words while they are being changed. */
export function BankLimits({ of }: { readonly of: ListedBank }) {
  const say = useWords(words)
  const [match, setMatch] = useState(String(of.matchMax))
  const [review, setReview] = useState(String(of.reviewMax))
  const limits = { matchMax: bitsOf(match), reviewMax: bitsOf(review) }
  const act = useAct({
    verb: (change: matching.BankChange) => matching.changeBank(of.bank, change),
    changes: [banksKey],
    said: say('saved'),
    isQuiet: true,
  })
  const isCrossed =
    limits.matchMax !== undefined && limits.reviewMax !== undefined && limits.matchMax > limits.reviewMax
  const isChanged = limits.matchMax !== of.matchMax || limits.reviewMax !== of.reviewMax
  return (
    <Part title={say('limitsTitle')}>
      <Text size="sm" c="dimmed" mb="sm">
        {say('limitsLead')}
      </Text>
      <form
        className="bank-limits"
        onSubmit={event => {
          event.preventDefault()
          if (limits.matchMax === undefined || limits.reviewMax === undefined || isCrossed) return
          act.run({ matchMax: limits.matchMax, reviewMax: limits.reviewMax })
        }}
      >
        <Limit name="match" value={match} put={setMatch} />
        <Limit name="review" value={review} put={setReview} />
        {isCrossed ? (
          <Text size="sm" className="tone-bad" role="alert">
            {say('crossed')}
          </Text>
        ) : null}
        <Refused error={act.error} />
        <Group>
          <Button type="submit" loading={act.isBusy} disabled={isCrossed || !isChanged}>
            {say('save')}
          </Button>
        </Group>
      </form>
    </Part>
  )
}

function Limit({
  name,
  value,
  put,
}: {
  readonly name: 'match' | 'review'
  readonly value: string
  readonly put: (value: string) => void
}) {
  const say = useWords(words)
  const bits = bitsOf(value)
  return (
    <TextInput
      className="bank-limit"
      label={say(`${name}Max`)}
      description={bits === undefined ? null : say(`${name}Means`, { bits, meaning: say(meaningOf(bits)) })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      type="number"
      inputMode="numeric"
      min={0}
      max={radiusMax}
      step={1}
      required
      withAsterisk={false}
      value={value}
      onChange={event => put(event.currentTarget.value)}
    />
  )
}

function bitsOf(text: string): number | undefined {
  return /^\d{1,2}$/.test(text) && Number(text) <= radiusMax ? Number(text) : undefined
}

/** What a distance lets in. 31 is what the makers of PDQ call the same picture. */
function meaningOf(bits: number) {
  if (bits === 0) return 'meaningSame'
  if (bits <= 15) return 'meaningSaved'
  if (bits <= 31) return 'meaningTouched'
  return bits <= 46 ? 'meaningCovered' : 'meaningFar'
}
