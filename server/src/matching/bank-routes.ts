import { matchDistanceMax, reviewDistanceMax } from '@jikimi/fingerprint'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Http, Routes } from '#platform/http'
import type { BankId } from '#platform/ids'
import { system } from '#platform/who'
import {
  Added,
  BankChange,
  BankNumbers,
  BankParams,
  BankQuery,
  EntryParams,
  Hits,
  ListedBanks,
  MatchingStatus,
  NewBank,
  NewEntries,
  NewImport,
  NewLookup,
  radiusMax,
} from './bank-schema.ts'
import { unsealedCount } from './bank-store.ts'
import { changeBank, listBanks, makeBank, numbersOf } from './banks.ts'
import { addEntries, tryEntries, withdrawEntry } from './entries.ts'
import { indexStatus, type Eyes } from './listed.ts'
import { lookUp } from './lookup.ts'
import { incomingOf, readList, type ReadList } from './text-list.ts'

const tags = ['matching']
const right = 'matching.banks'

export const bankRoutes: Routes = (app, http) => {
  addBanks(app, http)
  addEntryRoutes(app, http)
  addQuestions(app, http)
}

const addBanks: Routes = (app, http) => {
  app.get(
    '/banks',
    {
      config: { right },
      schema: { tags, summary: 'The banks, by name', querystring: BankQuery, response: { 200: ListedBanks } },
    },
    request => http.look(request, tx => listBanks(tx, request.query)),
  )

  app.post(
    '/banks',
    {
      config: { right },
      schema: {
        tags,
        summary: 'Makes a bank',
        body: NewBank,
        response: { 201: z.object({ bank: BankParams.shape.bank }) },
      },
    },
    async (request, reply) => {
      const bank = await http.act(request, tx => makeBank(tx, request.body))
      return reply.code(201).send({ bank })
    },
  )

  app.patch(
    '/banks/:bank',
    {
      config: { right },
      schema: {
        tags,
        summary: 'Renames a bank, switches it on or off, sets its limits',
        params: BankParams,
        body: BankChange,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => changeBank(tx, request.params.bank, request.body))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/banks/:bank/numbers',
    {
      config: { right },
      schema: {
        tags,
        summary: 'Hits, reversed hits and precision of a bank, by distance, and the limit they speak for',
        params: BankParams,
        response: { 200: BankNumbers },
      },
    },
    request => http.look(request, tx => numbersOf(tx, request.params.bank)),
  )
}

const addEntryRoutes: Routes = (app, http) => {
  app.post(
    '/banks/:bank/entries',
    {
      config: { right },
      schema: {
        tags,
        summary: 'Adds up to 1,000 values; those that are there are left',
        params: BankParams,
        body: NewEntries,
        response: { 200: Added },
      },
    },
    request =>
      fill(http, request, request.params.bank, {
        incoming: incomingOf(request.body.entries),
        unreadable: [],
        unreadableCount: 0,
      }),
  )

  app.post(
    '/banks/:bank/imports',
    {
      config: { right },
      schema: {
        tags,
        summary:
          'Adds a text list: plain hashes, the lines of a vPDQ file, or JSON lines; as a trial, only reads it',
        params: BankParams,
        body: NewImport,
        response: { 200: Added },
      },
    },
    request => fill(http, request, request.params.bank, readList(request.body), request.body.isTrial),
  )

  app.delete(
    '/banks/:bank/entries/:entry',
    {
      config: { right },
      schema: {
        tags,
        summary: 'Withdraws an entry: it hits nowhere from now on, and what it held is destroyed',
        params: EntryParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => withdrawEntry(tx, request.params.bank, request.params.entry))
      return reply.code(204).send(null)
    },
  )
}

async function fill(
  http: Http,
  request: FastifyRequest,
  bank: BankId,
  { incoming, ...unread }: ReadList,
  isTrial = false,
): Promise<Added> {
  const added = isTrial
    ? await http.look(request, tx => tryEntries(tx, bank, incoming))
    : await http.act(request, tx => addEntries(tx, http.world.keys, bank, incoming))
  return { ...added, ...unread }
}

const addQuestions: Routes = (app, http) => {
  // A question writes: it is counted and in the log. So it is a thing that is made, not a GET.
  app.post(
    '/lookups',
    {
      config: { right: 'matching.lookUp' },
      schema: {
        tags,
        summary: 'Which banks know a fingerprint, a digest, or what a device made of a file',
        body: NewLookup,
        response: { 200: Hits },
      },
    },
    request => lookUp(askingOf(http, request), request.body),
  )

  app.get(
    '/matching/status',
    {
      config: { right },
      schema: {
        tags,
        summary: 'How the index of the banks stands in this process',
        response: { 200: MatchingStatus },
      },
    },
    async () => {
      const eyes = eyesOf(http)
      const { refreshedAt, ...index } = await indexStatus(eyes)
      return {
        ...index,
        unsealed: await eyes.look(unsealedCount),
        refreshedAt: refreshedAt?.toISOString() ?? null,
        tiers: { matchMax: matchDistanceMax, reviewMax: reviewDistanceMax, radiusMax },
      }
    },
  )
}

/** What is in the banks is seen by the product alone, whoever asks. */
const eyesOf = (http: Http): Eyes => ({
  world: http.world,
  look: question => http.database.look(system('matching'), question),
})

const askingOf = (http: Http, request: FastifyRequest) => ({
  ...eyesOf(http),
  act: <T>(verb: Parameters<typeof http.act<T>>[1]) => http.act(request, verb),
})
