import { openReporterSession } from '#access'
import type { App, Http, Routes } from '#platform/http'
import { z } from 'zod'
import { addAddresses } from './address.ts'
import { readMessages, writeMessage } from './conversation.ts'
import { progress } from './progress.ts'
import { checkMailbox } from './mailbox.ts'
import { ownReport } from './receipt.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { fileReport, prepareFiling, received } from './report.ts'
import {
  AddressesReceived,
  addressesMax,
  addressLengthMax,
  Message,
  MessagePage,
  Messages,
  OwnMessage,
  Progress,
  ReportForm,
  ReportReceived,
} from './schema.ts'
import { staffRoutes } from './staff-routes.ts'

const tags = ['intake']
// 24,000 frames of 135 bytes at most are below 3.3 MB. At 0.5 Mbit/s they take 53 s, less than a request may take.
const reportBytesMax = 4 * 1024 * 1024
const MoreAddresses = z
  .strictObject({ addresses: z.array(z.string().max(addressLengthMax)).min(1).max(addressesMax) })
  .meta({ id: 'MoreAddresses' })

export const routes: Routes = (app, http) => {
  filing(app, http)
  receiptRoutes(app, http)
  ownRoutes(app, http)
  staffRoutes(app, http)
}

function filing(app: App, http: Http): void {
  app.post(
    '/reports',
    {
      bodyLimit: reportBytesMax,
      config: { right: 'public' },
      schema: {
        tags,
        summary:
          'Files a report; the digits of its receipt stay with the person. The same form under the same key gives the same answer',
        headers: z.object({
          'idempotency-key': z.uuid().describe('Drawn anew for each report that is begun.'),
        }),
        body: ReportForm,
        response: { 201: ReportReceived },
      },
    },
    async (request, reply) => {
      const { keys, clock } = http.world
      await checkMailbox(keys, request.body.mailbox)
      const ready = prepareFiling(keys, clock.now(), request.body, request.headers['idempotency-key'])
      const reporter = (report: typeof ready.report) => ({ kind: 'reporter', report }) as const
      const report = await http.database.act(reporter(ready.report), tx => fileReport(tx, ready))
      const taken = await http.database.look(reporter(report), tx => received(tx, report))
      // Who has just written it need not say the second word.
      openReporterSession(reply, http.world, report, false)
      return reply.code(201).header('cache-control', 'no-store').send(taken)
    },
  )
}

function ownRoutes(app: App, http: Http): void {
  const config = { right: 'reporter' } as const

  app.get(
    '/report',
    { config, schema: { tags, summary: 'What happened to each address', response: { 200: Progress } } },
    async (request, reply) => {
      const answer = await http.look(request, progress)
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )

  app.post(
    '/report/addresses',
    {
      config,
      schema: {
        tags,
        summary: 'Names more addresses',
        body: MoreAddresses,
        response: { 201: AddressesReceived },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await http.act(request, tx => addAddresses(tx, request.body.addresses))),
  )

  app.get(
    '/report/messages',
    {
      config,
      schema: {
        tags,
        summary: 'The conversation; what is shown counts as read',
        querystring: MessagePage,
        response: { 200: Messages },
      },
    },
    async (request, reply) => {
      const answer = await http.act(request, tx => readMessages(tx, ownReport(tx), request.query))
      return reply.header('cache-control', 'no-store').send(answer)
    },
  )

  app.post(
    '/report/messages',
    {
      config,
      schema: {
        tags,
        summary: 'Writes to the officer or counsellor',
        body: OwnMessage,
        response: { 201: Message },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await http.act(request, tx => writeMessage(tx, ownReport(tx), request.body))),
  )
}
