/**
 * What tests of this room begin with: a log with its key, and hands that write in it.
 *
 * @module
 */
import { linesOf, newLogKey, verifyLog, type LogReport, type Trusted } from '@jikimi/tlog'
import type { Work } from '#platform/jobs'
import { newId, type CaseId } from '#platform/ids'
import { machine, silentLog, type Trial } from '#platform/trial'
import type { World } from '#platform/world'
import { exportLog } from './export.ts'
import { record } from './record.ts'
import { origin, sequence } from './sequence.ts'

export async function givenLog(trial: Trial) {
  const key = await newLogKey(origin)
  const keys = { logSigner: key.signer, logVerifier: key.verifier }
  const work: Work = {
    act: verb => trial.database.act(machine('audit'), verb),
    look: question => trial.database.look(machine('audit'), question),
    log: silentLog,
    world: { keys } as unknown as World,
    signal: new AbortController().signal,
    isLastAttempt: true,
  }
  const look: Parameters<typeof exportLog>[0] = question => work.look(question)
  return {
    keys,
    work,
    /** One entry of no case. */
    write: () => trial.as(machine('access')).do(tx => record(tx, 'session.opened', {}, { n: 1 })),
    /** One entry of a case. */
    writeOf: (caseId: CaseId) =>
      trial.as(machine('cases')).do(tx => record(tx, 'case.opened', { case: caseId })),
    newCase: () => newId<'CaseId'>(trial.clock.now()),
    /** Takes all that waits into the tree. */
    async settle() {
      while ((await sequence(work)) > 0);
    },
    lines: () => Array.fromAsync(exportLog(look, keys, true)),
    /** As a stranger would: the export, from its bytes, under the known key. */
    async verify(trusted: Trusted = {}): Promise<LogReport> {
      const bytes = (await Array.fromAsync(exportLog(look, keys, true))).map(line => Buffer.from(line))
      return verifyLog(linesOf(bytes), { verifier: key.verifier, ...trusted })
    },
  }
}
