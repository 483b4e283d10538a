import { Text } from '@mantine/core'
import { useState } from 'react'
import { Page, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import type { LookedUp } from './api.ts'
import type { MadeNote } from './file-words.ts'
import { ByFile } from './look-up-file.tsx'
import { LookUpHits } from './look-up-hits.tsx'
import { ByValue } from './look-up-value.tsx'
import { words } from './look-up-words.ts'

/** What a look-up gave, and what to know of it. */
export interface Answered extends LookedUp {
  /** What was asked about, for the reader: a value's beginning or a file's name. It stays on this page. */
  readonly what: string
  readonly note: MadeNote | null
}

/** Whether the banks know a value or a file. The answer says where, how near, and never what is stored. */
export function LookUpPage() {
  const say = useWords(words)
  const { number } = useSaying()
  const [answer, setAnswer] = useState<Answered>()
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="columns">
        <Part title={say('byValue')}>
          <ByValue answer={setAnswer} />
        </Part>
        <Part title={say('byFile')}>
          <ByFile answer={setAnswer} />
        </Part>
      </div>
      {answer === undefined ? null : (
        <Part title={say('results')}>
          <Text size="sm" mb={6} role="status" className="file-name">
            {say('resultOf', { what: answer.what })}
            {answer.note === null ? null : ` · ${say(answer.note)}`}
            {answer.uncompared === 0 ? null : ` · ${say('uncompared', { count: number(answer.uncompared) })}`}
          </Text>
          <LookUpHits
            of={answer.hits}
            forget={entry => setAnswer({ ...answer, hits: answer.hits.filter(each => each.entry !== entry) })}
          />
        </Part>
      )}
    </Page>
  )
}
