/**
 * The establishment over the agencies: who serves where, by caseload, at fewest moves, with the rule kept.
 * Lexicographic: the largest load per officer, then the sum of loads, then moves, then a fixed order of ties. The
 * same input in any order gives the same plan.
 *
 * @module
 */
import { explain, type Explanation } from './explain.ts'
import { writeModel, type Model, type Terms } from './model.ts'
import { shortfallsOf, teamMax, teamMin, womenMin, type Shortfall } from './rule.ts'
import { loadOf, reliefOf, seatsFor, sixtieths, sum } from './seats.ts'
import type { AgencyCaseload, PlannedOfficer } from './shape.ts'
import { openSolver, type Solver } from './solver.ts'

export interface PlanInput {
  readonly officers: readonly PlannedOfficer[]
  readonly caseload: readonly AgencyCaseload[]
}

export interface Posted {
  readonly officer: string
  readonly agency: string
}

export interface Plan {
  readonly postings: readonly Posted[]
  /** Cases per officer where they are most, the sum of cases per officer over all agencies, officers who move. */
  readonly objective: {
    readonly largestLoad: number
    readonly sumOfLoads: number
    readonly moves: number
  }
  readonly explanations: readonly Explanation[]
}

export type Planned = { readonly plan: Plan } | { readonly shortfalls: readonly Shortfall[] }

/** Officers who differ only in name: the solver decides how many of them go where, never who. */
interface Group {
  readonly home: string | null
  readonly isWoman: boolean
  readonly officers: readonly string[]
}

interface Ground {
  readonly agencies: readonly AgencyCaseload[]
  readonly groups: readonly Group[]
  readonly total: number
}

// A unit of fifty takes a fraction of a second; beyond this somebody waits in vain.
const timeLimitS = 20

/**
 * Makes the plan in a thread of its own, or says by name and count why there is none.
 * @throws SolverStopped the time was up before the optimum was proven
 */
export async function planStaffing(input: PlanInput): Promise<Planned> {
  await using solver = openSolver()
  // Awaited here: the solver is closed at the end of this block.
  return await planWith(solver, input)
}

/** The same on a solver that is open already: for many plans in a row. */
export async function planWith(solver: Solver, input: PlanInput): Promise<Planned> {
  const women = input.officers.filter(each => each.gender === 'woman').length
  const counts = { officers: input.officers.length, women, agencies: input.caseload.length }
  const shortfalls = shortfallsOf(counts)
  if (shortfalls.length > 0) return { shortfalls }
  const ground = groundOf(input)
  const flows = await solveInOrder(solver, ground)
  return { plan: named(ground, flows) }
}

/** One order for every input: agencies and officers by their codes. */
function groundOf({ officers, caseload }: PlanInput): Ground {
  const agencies = caseload.toSorted((one, other) => inOrder(one.agency, other.agency))
  const groups = new Map<string, { home: string | null; isWoman: boolean; officers: string[] }>()
  for (const each of officers.toSorted((one, other) => inOrder(one.id, other.id))) {
    const isWoman = each.gender === 'woman'
    const key = JSON.stringify([each.agency ?? '', isWoman])
    const group = groups.get(key) ?? { home: each.agency, isWoman, officers: [] }
    group.officers.push(each.id)
    groups.set(key, group)
  }
  const sorted = [...groups].toSorted(([one], [other]) => inOrder(one, other)).map(([, group]) => group)
  return { agencies, groups: sorted, total: officers.length }
}

/** By code point: no locale of a machine changes the plan. */
function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

const seat = (agency: number, seats: number) => `s_${agency}_${seats}`
const flow = (group: number, agency: number) => `f_${group}_${agency}`
const sizes = Array.from({ length: teamMax - teamMin + 1 }, (_, at) => teamMin + at)

/** How many of each group go to each agency: `[group][agency]`. */
async function solveInOrder(solver: Solver, ground: Ground): Promise<number[][]> {
  const solve = async (model: Model) => {
    const question = { model: writeModel(model), timeLimitS, relativeGap: 0, absoluteGap: 0.5 }
    return (await solver.solve(question)).values
  }
  const peak = largestOf(ground, await solve(peakModel(ground)))
  const seats = sizesIn(ground, await solve(sumModel(ground, peak)))
  return flowsIn(ground, await solve(moveModel(ground, equals(ground, seats, peak))))
}

type Values = Readonly<Record<string, number>>

/** Each agency has one size, and the sizes make the establishment. A size whose load is above `peak` is none. */
function seating(ground: Ground, peak: number): Pick<Model, 'rows' | 'wholes'> {
  const places = ground.agencies.map((_, at) => at)
  const one = (at: number): Terms => sizes.map(size => [1, seat(at, size)])
  const size = (at: number): Terms => sizes.map(size => [size, seat(at, size)])
  return {
    rows: [
      ...places.map(at => ({ terms: one(at), is: '=' as const, than: 1 })),
      { terms: places.flatMap(size), is: '=', than: ground.total },
    ],
    wholes: places.flatMap(at =>
      sizes.map(size => [seat(at, size), loadOf(ground.agencies[at]!.cases, size) <= peak ? 1 : 0] as const),
    ),
  }
}

/**
 * The least largest load. `under_j` says that no load is above the j-th candidate: tighter than one bound over all
 * loads, which took the solver three times as long (0.5 s against 1.9 s over the same eighteen agencies).
 */
function peakModel(ground: Ground): Model {
  const base = seating(ground, Infinity)
  const floor = Math.max(...ground.agencies.map(({ cases }) => loadOf(cases, teamMax)))
  const loads = ground.agencies.flatMap(({ cases }) => sizes.map(size => loadOf(cases, size)))
  const candidates = [...new Set(loads)].filter(load => load >= floor).toSorted((one, other) => one - other)
  const under = (j: number) => `under_${j}`
  const last = candidates.length - 1
  return {
    // The sum of the steps that are not yet under: the candidate itself, less a constant.
    minimise: candidates.slice(0, -1).map((load, j) => [load - candidates[j + 1]!, under(j)]),
    rows: [
      ...base.rows,
      ...candidates.flatMap((load, j) => [
        ...ground.agencies.map(({ cases }, at) => ({
          terms: [
            ...sizes.flatMap(size => (loadOf(cases, size) <= load ? [[1, seat(at, size)] as const] : [])),
            [-1, under(j)] as const,
          ],
          is: '>=' as const,
          than: 0,
        })),
        ...(j === last
          ? []
          : [{ terms: [[1, under(j + 1)] as const, [-1, under(j)] as const], is: '>=' as const, than: 0 }]),
      ]),
      { terms: [[1, under(last)]], is: '=', than: 1 },
    ],
    wholes: [...base.wholes, ...candidates.map((_, j) => [under(j), 1] as const)],
  }
}

function sumModel(ground: Ground, peak: number): Model {
  const loads = ground.agencies.flatMap(({ cases }, at) =>
    sizes.map(size => [loadOf(cases, size), seat(at, size)] as const),
  )
  return { ...seating(ground, peak), minimise: loads }
}

/**
 * The fewest and the most seats of each agency over all plans that are as good. The sum is separable and convex, so
 * these are the plans that differ in seats of one and the same relief: the least that is given is then the most
 * that is not.
 */
function equals(ground: Ground, seats: readonly number[], peak: number): (readonly [number, number])[] {
  const places = ground.agencies.map(({ cases }, at) => {
    const [now, needed] = [seats[at]!, seatsFor(cases, peak)]
    return { cases, now, needed, given: now > needed ? reliefOf(cases, now - 1) : Infinity }
  })
  const given = Math.min(...places.map(each => each.given))
  return places.map(({ cases, now, needed }) => {
    let [fewest, most] = [now, now]
    while (fewest > needed && reliefOf(cases, fewest - 1) === given) fewest -= 1
    while (reliefOf(cases, most) === given) most += 1
    return [fewest, most]
  })
}

/**
 * Who goes where: a flow of people from groups over the women's and the men's door of each agency, so that the
 * answer is whole by itself. A move costs more than all marks together.
 */
function moveModel(ground: Ground, bounds: readonly (readonly [number, number])[]): Model {
  const { groups, agencies } = ground
  const moveCost = markMax * ground.total
  const into = (at: number, wanted: (group: Group) => boolean): Terms =>
    groups.flatMap((group, g) => (wanted(group) ? [[1, flow(g, at)] as const] : []))
  const all = () => true
  return {
    minimise: groups.flatMap((group, g) =>
      agencies.map(
        (to, at) => [(isMove(group, to) ? moveCost : 0) + markOf(group, to), flow(g, at)] as const,
      ),
    ),
    rows: [
      ...groups.map((group, g) => ({
        terms: agencies.map((_, at) => [1, flow(g, at)] as const),
        is: '=' as const,
        than: group.officers.length,
      })),
      ...agencies.flatMap((_, at) => [
        { terms: into(at, all), is: '>=' as const, than: bounds[at]![0] },
        { terms: into(at, all), is: '<=' as const, than: bounds[at]![1] },
        { terms: into(at, group => group.isWoman), is: '>=' as const, than: womenMin },
      ]),
    ],
    wholes: groups.flatMap((group, g) =>
      agencies.map((_, at) => [flow(g, at), Math.min(group.officers.length, teamMax)] as const),
    ),
  }
}

/** A first posting is no move. */
const isMove = (group: Group, { agency }: AgencyCaseload) => group.home !== null && group.home !== agency

const markMax = 10_007

/**
 * A fixed number for each pair of places (FNV-1a, RFC 9923). It means nothing, but it lets one plan alone be the
 * least among equals, whatever path a solver takes.
 */
function markOf(group: Group, to: AgencyCaseload): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(`${group.home ?? ''}\0${group.isWoman}\0${to.agency}`))
    hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % markMax
}

function sizesIn(ground: Ground, values: Values): number[] {
  return ground.agencies.map((_, at) => sizes.find(size => (values[seat(at, size)] ?? 0) > 0.5) ?? teamMin)
}

function largestOf(ground: Ground, values: Values): number {
  return Math.max(...sizesIn(ground, values).map((size, at) => loadOf(ground.agencies[at]!.cases, size)))
}

function flowsIn(ground: Ground, values: Values): number[][] {
  return ground.groups.map((_, g) => ground.agencies.map((_, at) => Math.round(values[flow(g, at)] ?? 0)))
}

/** Names for the counts: who stays are the first of their group, who goes follow in the order of the agencies. */
function named(ground: Ground, flows: readonly (readonly number[])[]): Plan {
  const postings: Posted[] = []
  for (const [g, group] of ground.groups.entries()) {
    const stays = ground.agencies.findIndex(({ agency }) => agency === group.home)
    const order = ground.agencies
      .map((_, at) => at)
      .toSorted((one, other) => Number(other === stays) - Number(one === stays) || one - other)
    let next = 0
    for (const at of order)
      for (let count = flows[g]![at]!; count > 0; count -= 1, next += 1)
        postings.push({ officer: group.officers[next]!, agency: ground.agencies[at]!.agency })
  }
  const byOfficer = postings.toSorted((one, other) => inOrder(one.officer, other.officer))
  const team = (agency: string) => postings.filter(each => each.agency === agency).length
  const loads = ground.agencies.map(({ agency, cases }) => loadOf(cases, team(agency)))
  const homes = new Map(ground.groups.flatMap(group => group.officers.map(id => [id, group] as const)))
  const moves = byOfficer.filter(({ officer, agency }) => {
    const { home } = homes.get(officer)!
    return home !== null && home !== agency
  }).length
  return {
    postings: byOfficer,
    objective: {
      largestLoad: Math.max(...loads) / sixtieths,
      sumOfLoads: sum(loads) / sixtieths,
      moves,
    },
    explanations: explain({
      agencies: ground.agencies,
      peak: Math.max(...loads),
      officers: byOfficer.map(each => ({ ...each, ...homes.get(each.officer)! })),
    }),
  }
}
