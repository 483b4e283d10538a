import { Listing, useRows } from '../controls/list.tsx'
import { Empty } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as blocking from './api.ts'
import { OrderTable } from './order-table.tsx'
import { words } from './words.ts'

export function BlocksPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const list = useRows(['blocking', 'case', id], after => blocking.ordersOfCase(id, after))
  return (
    <Listing of={list}>
      {rows => (
        <OrderTable
          of={rows}
          showsCase={false}
          empty={<Empty title={say('noneOfCase')} hint={say('noneHint')} />}
        />
      )}
    </Listing>
  )
}
