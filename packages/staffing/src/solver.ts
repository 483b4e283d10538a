/**
 * HiGHS, in a thread of its own: a solve never blocks the server, and one that takes too long is ended.
 *
 * @module
 */
import { Worker } from 'node:worker_threads'

/** One model in CPLEX LP format, and how exact the answer must be. */
export interface Question {
  readonly model: string
  readonly timeLimitS: number
  /** How far from the optimum an answer may lie: as a share of it, and as a number. */
  readonly relativeGap: number
  readonly absoluteGap: number
}

export interface Solution {
  readonly status: string
  readonly objective: number
  readonly values: Readonly<Record<string, number>>
}

export type Answered = { readonly solution: Solution } | { readonly fault: string }

export interface Solver extends AsyncDisposable {
  /**
   * @throws SolverStopped the time was up before an optimum was proven, or the model has no solution
   */
  solve(question: Question): Promise<Solution>
}

export class SolverStopped extends Error {
  override readonly name = 'SolverStopped'
  readonly status: string
  constructor(status: string) {
    super(`The solver ended without an optimum: ${status}.`)
    this.status = status
  }
}

// Loading the WebAssembly and reading the model are not within the solver's own limit.
const graceMs = 10_000

/** Starts the thread. One question at a time; close it with `await using`. */
export function openSolver(): Solver {
  const worker = new Worker(new URL('./solver-thread.ts', import.meta.url))
  return {
    solve: async question => {
      const answered = await ask(worker, question)
      if ('fault' in answered) throw new SolverStopped(answered.fault)
      if (answered.solution.status !== 'Optimal') throw new SolverStopped(answered.solution.status)
      return answered.solution
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}

function ask(worker: Worker, question: Question): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      worker.off('message', heard).off('error', failed).off('exit', ended)
    }
    const heard = (answered: Answered) => (done(), resolve(answered))
    const failed = (error: Error) => (done(), reject(error))
    const ended = () => heard({ fault: 'Closed' })
    const timer = setTimeout(
      () => heard({ fault: 'Time limit reached' }),
      question.timeLimitS * 1000 + graceMs,
    )
    worker.on('message', heard).on('error', failed).on('exit', ended)
    worker.postMessage(question)
  })
}
