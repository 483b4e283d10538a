import { readFileSync } from 'node:fs'
import {
  agencyName,
  Caseload,
  Officers,
  planStaffing,
  SolverStopped,
  type Plan,
  type PlanInput,
  type Shortfall,
} from '@jikimi/staffing'
import type { Command } from 'commander'
import { ending, endWith, readsKorean } from './ending.ts'

interface Options {
  readonly officers: string
  readonly caseload: string
  readonly json?: boolean
}

export function addStaffing(program: Command): void {
  const staffing = program
    .command('staffing')
    .description('Who serves where: one to six a team, a woman in each')
    .addHelpText('after', '\nExit codes: those of each command; see jikimi staffing plan --help.')
  staffing
    .command('plan')
    .description('Allocates officers over agencies by caseload, at fewest moves')
    .requiredOption('--officers <file>', 'JSON: [{id, gender, agency, languages?, skills?}]')
    .requiredOption('--caseload <file>', 'JSON: [{agency, cases}]')
    .option('--json', 'print {postings, objective, explanations} as JSON')
    .addHelpText(
      'after',
      `
The largest load per officer counts first, then the sum of loads, then moves. The agencies are those of the
caseload. Gender is woman, man or other, and read from female, male, f, m, 여, 남 too. The same files in any order
give the same plan.

Exit codes: 0 here is the plan; 1 the solver could not finish in time; 2 wrong words, a file that cannot be read, or
no plan keeps the rule: the reason is told, by name and count.`,
    )
    .action(async (options: Options) => {
      const input = {
        officers: parsed(options.officers, Officers),
        caseload: parsed(options.caseload, Caseload),
      }
      const planned = await solved(input)
      if ('shortfalls' in planned) endInfeasible(planned.shortfalls, options.json === true)
      if (options.json === true) console.log(JSON.stringify(planned.plan))
      else tell(planned.plan, input)
    })
}

async function solved(input: PlanInput) {
  try {
    return await planStaffing(input)
  } catch (error) {
    if (!(error instanceof SolverStopped)) throw error
    return endWith(ending.badly, error.message)
  }
}

interface Shape<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } }
}

/** What a file holds. What does not fit is named by its place; the value is repeated nowhere. */
function parsed<T>(path: string, shape: Shape<T>): T {
  const read = shape.safeParse(jsonIn(path))
  if (read.success) return read.data
  const shown = read.error.issues
    .slice(0, 10)
    .map(issue => `${path}: ${placeOf(issue.path)}: ${issue.message}`)
  return endWith(ending.wrongUse, shown.join('\n'))
}

function placeOf(path: readonly PropertyKey[]): string {
  const [row, ...rest] = path
  if (row === undefined) return 'the whole file'
  return [`row ${Number(row) + 1}`, ...rest.map(String)].join(', ')
}

function jsonIn(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return endWith(ending.wrongUse, `${path} cannot be read.`)
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return endWith(ending.wrongUse, `${path} is not JSON.`)
  }
}

function endInfeasible(shortfalls: readonly Shortfall[], isJson: boolean): never {
  if (isJson) console.log(JSON.stringify({ infeasible: shortfalls }))
  const language = readsKorean() ? 'ko' : 'en'
  return endWith(ending.wrongUse, shortfalls.map(each => each[language]).join('\n'))
}

function tell(plan: Plan, { caseload }: PlanInput): void {
  const language = readsKorean() ? 'ko' : 'en'
  const { largestLoad, sumOfLoads, moves } = plan.objective
  const figure = (load: number) => String(Math.round(load * 100) / 100)
  console.log(
    language === 'ko'
      ? `1인당 사건 최대 ${figure(largestLoad)}건, 합계 ${figure(sumOfLoads)}건, 이동 ${moves}명`
      : `Largest load per officer ${figure(largestLoad)}, sum of loads ${figure(sumOfLoads)}, moves ${moves}`,
  )
  for (const { agency, cases } of caseload) {
    const team = plan.explanations.filter(each => each.agency === agency)
    console.log(`\n${agencyName(agency)[language]}  ${team.length}  (${cases})`)
    for (const each of team) console.log(`  ${each.officer}  ${each[language]}`)
  }
}
