import { Listing, useRows } from '../controls/list.tsx'
import { Empty } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as takedown from './api.ts'
import { TargetTable } from './target-table.tsx'
import { words } from './words.ts'

export function TargetsPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const list = useRows(['takedown', 'case', id], after => takedown.targetsOfCase(id, after))
  return (
    <Listing of={list}>
      {rows => <TargetTable of={rows} empty={<Empty title={say('none')} hint={say('noneHint')} />} />}
    </Listing>
  )
}
