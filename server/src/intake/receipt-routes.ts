import { closeReporterSession, openReporterSession } from '#access'
import type { App, Http } from '#platform/http'
import { refuse } from '#platform/refusals'
import { systemClock } from '#platform/time'
import { z } from 'zod'
import { refused } from './errors.ts'
import { checkMailbox, furnishMailbox } from './mailbox.ts'
import { challengeFor, isWorked, openByReceipt, openByWord, veilDigits, veilToken } from './receipt.ts'
import { Mailbox, ReceiptChallenge, ReceiptEntry, ReceiptOpened, WordEntry, type Work } from './schema.ts'

const tags = ['intake']
const OldMailbox = Mailbox.omit({ wordToken: true }).meta({ id: 'OldMailbox' })

/** The way in with a receipt, for who has no account. */
export function receiptRoutes(app: App, http: Http): void {
  keys(app, http)
  sessions(app, http)
}

function keys(app: App, http: Http): void {
  app.get(
    '/mailbox-key',
    {
      config: { right: 'public' },
      schema: {
        tags,
        summary: 'The unit’s public key: the secret key of each mailbox’s team is sealed to it',
        response: { 200: z.object({ unit: z.string() }).meta({ id: 'MailboxKey' }) },
      },
    },
    () => ({ unit: http.world.keys.unitRecipient }),
  )

  app.post(
    '/receipt-challenges',
    {
      config: { right: 'public' },
      schema: {
        tags,
        summary: 'What must be worked for before a receipt is tried: the more were wrong, the more',
        response: { 201: ReceiptChallenge },
      },
    },
    async (request, reply) => {
      const client = http.world.keys.veil('client', request.ip)
      const given = await http.look(request, tx =>
        challengeFor(tx, http.world.keys, client, systemClock.now()),
      )
      return reply.code(201).header('cache-control', 'no-store').send(given)
    },
  )

  app.put(
    '/report/mailbox',
    {
      config: { right: 'reporter' },
      schema: {
        tags,
        summary: 'Gives a report from before mailboxes its own, once',
        body: OldMailbox,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await checkMailbox(http.world.keys, { ...request.body, wordToken: null })
      await http.act(request, tx => furnishMailbox(tx, http.world.keys, request.body))
      return reply.code(204).send(null)
    },
  )
}

function sessions(app: App, http: Http): void {
  /** @throws intake.workMissing */
  const clientWhoWorked = async (ip: string, work: Work) => {
    const client = http.world.keys.veil('client', ip)
    const isDone = await isWorked(http.world.keys, work, client, systemClock.now())
    return isDone ? client : refuse(refused.workMissing())
  }

  app.post(
    '/receipt-sessions',
    {
      config: { right: 'public' },
      schema: {
        tags,
        summary: 'Opens the report behind a receipt, for two hours',
        body: ReceiptEntry,
        response: { 200: ReceiptOpened },
      },
    },
    async (request, reply) => {
      const { world } = http
      const { token, digits, work } = request.body
      const entered = {
        tokenVeil: veilToken(world.keys, token),
        digitsVeil: digits === undefined ? undefined : veilDigits(world.keys, digits),
        client: await clientWhoWorked(request.ip, work),
        challenge: work.challenge,
      }
      const opened = await http.act(request, tx => openByReceipt(tx, entered))
      if ('refusal' in opened) throw opened.refusal
      const { report, ...told } = opened
      openReporterSession(reply, world, report, told.hasWord)
      return reply.header('cache-control', 'no-store').send(told)
    },
  )

  app.post(
    '/report/words',
    {
      config: { right: 'reporter' },
      schema: {
        tags,
        summary: 'Uncovers what was sent, by the second word',
        body: WordEntry,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { token, work } = request.body
      const client = await clientWhoWorked(request.ip, work)
      const entered = { token, client, challenge: work.challenge }
      const opened = await http.act(request, tx => openByWord(tx, http.world.keys, entered))
      if ('refusal' in opened) throw opened.refusal
      openReporterSession(reply, http.world, opened.report, false)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/receipt-sessions',
    {
      config: { right: 'public' },
      schema: { tags, summary: 'Closes it again', response: { 204: z.null() } },
    },
    async (_, reply) => {
      closeReporterSession(reply)
      return reply.code(204).send(null)
    },
  )
}
