import { hasTurn, type Work } from '#platform/jobs'
import { noteOverdueCounselling } from './counselling.ts'
import { noteOverdue } from './promise.ts'
import { noteOverdueReferrals } from './referral.ts'

/** The room's clock: makes known what has become overdue. A second process leaves it to the first. */
export async function due(work: Work): Promise<void> {
  await work.act(async tx => {
    if (!(await hasTurn(tx, 'support.due'))) return
    await noteOverdue(tx)
    await noteOverdueCounselling(tx)
    await noteOverdueReferrals(tx)
  })
}
