import { useQuery } from '@tanstack/react-query'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as matching from './api.ts'
import type { ListedBank } from './api.ts'
import { words } from './bank-words.ts'

export const banksKey = ['matching', 'banks']

/** All banks: the list and each bank's page ask the same. */
export const useBanks = () => useQuery({ queryKey: banksKey, queryFn: () => matching.banks(), ...live(20) })

/** How the index stands in the process that answers. */
export function IndexState() {
  const say = useWords(words)
  const { number } = useSaying()
  const { data } = useQuery({
    queryKey: ['matching', 'status'],
    queryFn: matching.matchingStatus,
    ...live(20),
  })
  if (data === undefined) return null
  return (
    <p className="bank-index">
      {data.refreshedAt === null ? say('indexFirst') : say('indexReady', { count: number(data.indexed) })}
      {data.refreshedAt !== null && data.waiting > 0
        ? ` ${say('indexWaiting', { count: number(data.waiting) })}`
        : null}
      {data.unsealed > 0 ? ` ${say('indexUnsealed', { count: number(data.unsealed) })}` : null}
    </p>
  )
}

/** Of what officers have decided about a bank's hits, the share that was right; null where nothing was decided. */
export function precisionOf({
  confirmed,
  reversed,
}: Pick<ListedBank, 'confirmed' | 'reversed'>): number | null {
  return confirmed + reversed === 0 ? null : confirmed / (confirmed + reversed)
}

/** A share as whole percent, never rounded up: 99.6 % is not all. */
export const percentOf = (share: number): number => Math.floor(share * 100 + 1e-9)
