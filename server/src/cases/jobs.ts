import { z } from 'zod'
import { emailsOf } from '#access'
import { record } from '#audit'
import { ids, type AccountId } from '#platform/ids'
import { job, type Job, type Work } from '#platform/jobs'
import * as glassStore from './glass-store.ts'

/** Writes to those who are told of broken glass; run twice, it writes once to each. */
export const tellGlass = job('cases', 'tellGlass', z.object({ glass: ids.GlassId }), runTelling, {
  attempts: 5,
  retryAfterS: 10,
  timeoutS: 120,
})

async function runTelling(work: Work, { glass: id }: { glass: z.infer<typeof ids.GlassId> }): Promise<void> {
  // Where no mail server is set, the console is where they are told.
  if (!work.world.post.canSend) return
  const row = await work.look(tx => glassStore.glass(tx, id))
  if (row === undefined) return
  const addresses = await work.look(tx => emailsOf(tx, row.told))
  for (const account of row.told.filter(each => !row.mailed.includes(each))) {
    const to = addresses.get(account)
    if (to !== undefined) await write(work, id, account, to)
  }
}

async function write(
  work: Work,
  id: z.infer<typeof ids.GlassId>,
  account: AccountId,
  to: string,
): Promise<void> {
  const { mailFrom, publicUrl } = work.world.config
  const letter = {
    to,
    replyTo: mailFrom,
    // Neither case nor person: a letter lies open.
    subject: '[지킴이] 긴급 열람 알림 / Somebody broke the glass',
    text: `${sentences.ko}\n\n${sentences.en}\n\n${publicUrl ?? ''}/console/glass\n`,
    messageId: `glass.${id}.${account}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}`,
  }
  const handed = await work.world.post.send(letter, async () => {
    const isFirst = await work.act(tx => glassStore.noteMailed(tx, id, account))
    if (!isFirst) throw new Error('The letter has gone out before.')
  })
  if (handed.at === 'refused' && !handed.isFinal) throw new Error('The mail server did not take the letter.')
  await work.act(tx => record(tx, 'glass.told', { glass: id, account }))
}

const sentences = {
  ko: '소속이 아닌 사건을 긴급 열람한 사람이 있습니다. 콘솔에서 이유를 읽고 적절했는지 확인해 주세요.',
  en: 'Somebody has opened a case that was closed to them, for an emergency. Read why in the console and say whether it was right.',
} as const

export const jobs: readonly Job[] = [tellGlass]
