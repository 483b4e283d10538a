/**
 * A model in CPLEX LP format: sums, rows, whole numbers.
 *
 * @module
 */
export type Terms = readonly (readonly [factor: number, name: string])[]

export interface Model {
  readonly minimise: Terms
  readonly rows: readonly { readonly terms: Terms; readonly is: '<=' | '>=' | '='; readonly than: number }[]
  /** Whole numbers from 0 to the bound. */
  readonly wholes: readonly (readonly [name: string, most: number])[]
  /** Any numbers from 0 to the bound. */
  readonly shares?: readonly (readonly [name: string, most: number])[]
}

// CPLEX LP lines end at 560 characters; ten terms are far from it.
const termsALine = 10

export function writeModel(model: Model): string {
  const rows = model.rows.map((row, at) => ` r${at}: ${written(row.terms)} ${row.is} ${row.than}`)
  return [
    'Minimize',
    ` obj: ${written(model.minimise)}`,
    'Subject To',
    ...rows,
    'Bounds',
    ...[...model.wholes, ...(model.shares ?? [])].map(([name, most]) => ` 0 <= ${name} <= ${most}`),
    'General',
    ...model.wholes.map(([name]) => ` ${name}`),
    'End',
    '',
  ].join('\n')
}

function written(terms: Terms): string {
  const parts = terms.map(([factor, name]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`)
  const lines: string[] = []
  for (let at = 0; at < parts.length; at += termsALine) lines.push(parts.slice(at, at + termsALine).join(' '))
  return lines.join('\n  ')
}
