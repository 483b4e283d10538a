import { Button } from '@mantine/core'
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query'
import { useId, type ReactNode } from 'react'
import { useWords } from '../language.tsx'
import { live, type Rows } from '../server.ts'
import { Answer } from './answer.tsx'
import { words } from './words.ts'

/** A list by pages, looked at again by itself. */
export function useRows<T>(
  key: QueryKey,
  ask: (after: string | undefined) => Promise<Rows<T>>,
  pace = live(12),
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: before => before,
    ...pace,
  })
  const { data, error, refetch, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return {
    data: data?.pages.flatMap(page => [...page.rows]),
    error,
    refetch,
    isPending,
    hasMore: hasNextPage,
    isBusy: isFetchingNextPage,
    more: () => void fetchNextPage(),
  }
}

export interface Column<T> {
  readonly key: string
  readonly name: string
  readonly cell: (row: T) => ReactNode
  /** Figures stand right. */
  readonly isFigure?: boolean
  /** Takes what is left of the width. */
  readonly isWide?: boolean
  /** Holds buttons: its name is for those who do not see them. */
  readonly isAct?: boolean
}

/**
 * A table that turns into cards on a narrow screen. Each row holds one link or button marked `data-row`, which
 * `j` and `k` walk through.
 */
export function Rows<T>({
  of,
  label,
  columns,
  keyOf,
  empty,
  toneOf,
}: {
  readonly of: readonly T[]
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly keyOf: (row: T) => string
  readonly empty: ReactNode
  readonly toneOf?: (row: T) => 'bad' | 'warn' | undefined
}) {
  const id = useId()
  if (of.length === 0) return empty
  return (
    <div className="rows">
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" id={`${id}-${column.key}`} className={classOf(column)}>
                {column.isAct === true ? <span className="unseen">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.map(row => (
            <tr key={keyOf(row)} data-tone={toneOf?.(row)}>
              {columns.map(column => (
                <td key={column.key} data-name={column.name} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function classOf(column: Pick<Column<never>, 'isFigure' | 'isWide' | 'isAct'>): string | undefined {
  if (column.isAct === true) return 'act'
  return column.isFigure === true ? 'figure' : column.isWide === true ? 'wide' : undefined
}

type Listed<T> = ReturnType<typeof useRows<T>>

/** The rows of a list, its faults, and the button for more. */
export function Listing<T>({
  of,
  children,
}: {
  readonly of: Listed<T>
  readonly children: (rows: readonly T[]) => ReactNode
}) {
  const say = useWords(words)
  return (
    <Answer of={of} lines={7}>
      {rows => (
        <>
          {children(rows)}
          {of.hasMore ? (
            <Button variant="default" mt="sm" onClick={of.more} loading={of.isBusy}>
              {say('more')}
            </Button>
          ) : null}
        </>
      )}
    </Answer>
  )
}
