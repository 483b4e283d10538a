import { Chip } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import type { ReportRead } from './api.ts'
import { words } from './particular-words.ts'
import { wordOf } from './words.ts'

type Particulars = ReportRead['particulars']

const urgent: ReadonlySet<string> = new Set([
  'deadlineToday',
  'guardianMayKnowNo',
  'guardianMayKnowLater',
  'guardianIsSuspect',
  'mayStillFilm',
  'isSpread',
])

/** What was answered beside the story, as rows of facts; what was passed over has none. */
export function useParticulars(of: Particulars): readonly (readonly [string, React.ReactNode])[] {
  const say = useWords(words)
  return (Object.entries(of) as [keyof Particulars, string | boolean][]).map(([key, value]) => {
    if (typeof value === 'boolean') {
      const text = say(value ? 'yes' : 'no')
      return [say(key), value && urgent.has(key) ? <Chip tone="warn">{text}</Chip> : text] as const
    }
    const code = wordOf(key, value) as Parameters<typeof say>[0]
    return [say(key), urgent.has(code) ? <Chip tone="warn">{say(code)}</Chip> : say(code)] as const
  })
}
