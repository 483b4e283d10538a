import { Readable } from 'node:stream'
import { z } from 'zod'
import type { ReadTx } from '#platform/database'
import type { Routes } from '#platform/http'
import { ids } from '#platform/ids'
import { system } from '#platform/who'
import { exportLog, head, proofOf } from './export.ts'
import { operationsLine, record } from './record.ts'
import { Entry, LogFilter, LogHead } from './schema.ts'

const tags = ['audit']
// One answer in memory; what is longer is taken in spans of time.
const selectionMax = 10_000
const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: ids.EntryId.optional().describe('The last entry of the page before.'),
})
const Lines = z.object({ rows: z.array(Entry), next: ids.EntryId.nullable() }).meta({ id: 'LogLines' })

export const routes: Routes = (app, http) => {
  reading(app, http)
  taking(app, http)
}

const reading: Routes = (app, http) => {
  app.get(
    '/log',
    {
      config: { right: 'audit.read' },
      schema: {
        tags,
        summary: 'What was done, newest first, as far as one may see it: outside of cases, or in all of them',
        querystring: Page.extend(LogFilter.shape),
        response: { 200: Lines },
      },
    },
    request => http.look(request, tx => operationsLine(tx, request.query)),
  )

  app.get(
    '/log/head',
    {
      config: { right: 'session' },
      schema: { tags, summary: 'The newest signed checkpoint of the log', response: { 200: LogHead } },
    },
    request => http.look(request, tx => head(tx, http.world.keys)),
  )
}

/** What leaves the house. */
const taking: Routes = (app, http) => {
  app.get(
    '/log/export',
    {
      config: { right: 'audit.read', isFresh: true },
      schema: {
        tags,
        summary:
          'The whole log as NDJSON, as `jikimi verify` reads it: ids and codes, no personal data; to who reads no case, of its entries the hashes only',
        response: { 200: z.any().describe('One JSON object a line.') },
      },
    },
    async (request, reply) => {
      const isOfCasesShown = await http.act(request, async tx => {
        await record(tx, 'log.exported', {})
        return tx.who.kind === 'staff' && tx.who.role === 'dataProtectionOfficer'
      })
      const look = <T>(question: (tx: ReadTx) => Promise<T>) => http.database.look(system('audit'), question)
      return reply
        .header('content-type', 'application/x-ndjson')
        .header('content-disposition', 'attachment; filename="jikimi-log.ndjson"')
        .send(Readable.from(exportLog(look, http.world.keys, isOfCasesShown)))
    },
  )

  app.get(
    '/log/selection',
    {
      config: { right: 'audit.read', isFresh: true },
      schema: {
        tags,
        summary: 'What fits a filter as NDJSON, newest first. That it was taken is itself in the log',
        querystring: LogFilter,
        response: { 200: z.any().describe('One JSON object a line.') },
      },
    },
    async (request, reply) => {
      const lines = await http.act(request, async tx => {
        const { rows } = await operationsLine(tx, { ...request.query, limit: selectionMax })
        await record(
          tx,
          'log.exported',
          request.query.case === undefined ? {} : { case: request.query.case },
          { entries: rows.length, isSelection: true },
        )
        return rows
      })
      return reply
        .header('content-type', 'application/x-ndjson')
        .header('content-disposition', 'attachment; filename="jikimi-log-selection.ndjson"')
        .send(lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    },
  )

  app.get(
    '/entries/:entry/proof',
    {
      config: { right: 'session' },
      schema: {
        tags,
        summary: 'A proof that an entry is in the log, verifiable offline (C2SP tlog-proof)',
        params: z.object({ entry: ids.EntryId }),
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const proof = await http.look(request, tx => proofOf(tx, request.params.entry))
      return reply.header('content-type', 'text/plain; charset=utf-8').send(proof)
    },
  )
}
