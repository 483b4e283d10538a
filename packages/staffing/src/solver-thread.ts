/** The thread behind `solver.ts`. */
import highsModule, { type Highs } from 'highs'
import { parentPort } from 'node:worker_threads'
import type { Answered, Question } from './solver.ts'

const port = parentPort!
// Its types describe the CommonJS build, what Node loads here is the module.
const loaded = (highsModule as unknown as typeof highsModule.default)()

port.on('message', (question: Question) => {
  void loaded.then(highs => {
    port.postMessage(answer(highs, question))
  })
})

function answer(highs: Highs, question: Question): Answered {
  try {
    const { Status, ObjectiveValue, Columns } = highs.solve(question.model, {
      time_limit: question.timeLimitS,
      mip_rel_gap: question.relativeGap,
      mip_abs_gap: question.absoluteGap,
      output_flag: false,
      // The same model then takes the same path on every machine.
      random_seed: 0,
    })
    const values = Object.fromEntries(
      Object.entries(Columns).map(([name, column]) => [name, 'Primal' in column ? column.Primal : 0]),
    )
    return { solution: { status: Status, objective: ObjectiveValue, values } }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'The solver failed' }
  }
}
