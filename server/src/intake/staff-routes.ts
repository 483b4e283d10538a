import type { App, Http } from '#platform/http'
import { openLetter } from '@jikimi/seal/mailbox'
import { z } from 'zod'
import { readMessages, writeMessage } from './conversation.ts'
import { renewReceipt, teamMailbox } from './mailbox.ts'
import { readReport } from './report.ts'
import {
  Message,
  MessagePage,
  Messages,
  NewMessage,
  NewReceipt,
  ReportParams,
  ReportRead,
  TeamMailbox,
} from './schema.ts'

const tags = ['intake']

/** What staff of its case read and write. */
export function staffRoutes(app: App, http: Http): void {
  reading(app, http)
  mailboxes(app, http)
}

function reading(app: App, http: Http): void {
  app.get(
    '/reports/:report',
    {
      config: { right: 'intake.read' },
      schema: {
        tags,
        summary: 'A report as it was filed; the reading is in the log',
        params: ReportParams,
        response: { 200: ReportRead },
      },
    },
    async (request, reply) => {
      const answer = await http.act(request, tx => readReport(tx, request.params.report))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )

  app.get(
    '/reports/:report/messages',
    {
      config: { right: 'intake.read' },
      schema: {
        tags,
        summary: 'The conversation; what is shown counts as read',
        params: ReportParams,
        querystring: MessagePage,
        response: { 200: Messages },
      },
    },
    async (request, reply) => {
      const answer = await http.act(request, tx => readMessages(tx, request.params.report, request.query))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )

  app.post(
    '/reports/:report/messages',
    {
      config: { right: 'intake.write' },
      schema: {
        tags,
        summary: 'Writes to the holder of the receipt',
        params: ReportParams,
        body: NewMessage,
        response: { 201: Message },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await http.act(request, tx => writeMessage(tx, request.params.report, request.body))),
  )
}

function mailboxes(app: App, http: Http): void {
  app.get(
    '/reports/:report/mailbox',
    {
      config: { right: 'intake.read' },
      schema: {
        tags,
        summary: 'The keys by which the team opens and seals this conversation; the giving is in the log',
        params: ReportParams,
        response: { 200: TeamMailbox },
      },
    },
    async (request, reply) => {
      const { report } = request.params
      const { teamSealed, recipients } = await http.act(request, tx => teamMailbox(tx, report))
      const identity = await openLetter(teamSealed, [http.world.keys.unitIdentity])
      return reply.header('cache-control', 'no-store').send({ identity, recipients })
    },
  )

  app.post(
    '/reports/:report/receipts',
    {
      config: { right: 'intake.renew', isFresh: true },
      schema: {
        tags,
        summary: 'A new receipt for somebody who has lost theirs and was seen in person',
        params: ReportParams,
        body: NewReceipt,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => renewReceipt(tx, http.world.keys, request.params.report, request.body))
      return reply.code(204).send(null)
    },
  )
}
