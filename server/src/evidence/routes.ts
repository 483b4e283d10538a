import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { Http, Routes } from '#platform/http'
import { askAgain } from './capture.ts'
import { listExhibits } from './list.ts'
import { previewOf, sealedFile, viewExhibit, type Hands } from './reading.ts'
import {
  AddressParams,
  CaptureAsked,
  CaseParams,
  ExhibitPage,
  ExhibitParams,
  Exhibits,
  NewViewing,
} from './schema.ts'

const tags = ['evidence']

export const routes: Routes = (app, http) => {
  addLists(app, http)
  addReadings(app, http)
}

const addLists: Routes = (app, http) => {
  app.get(
    '/cases/:case/exhibits',
    {
      config: { right: 'evidence.read' },
      schema: {
        tags,
        summary: 'What was sealed for a case, and its captures',
        params: CaseParams,
        querystring: ExhibitPage,
        response: { 200: Exhibits },
      },
    },
    request => http.look(request, tx => listExhibits(tx, request.params.case, request.query)),
  )

  app.post(
    '/addresses/:address/captures',
    {
      config: { right: 'evidence.capture' },
      schema: {
        tags,
        summary: 'Asks for one more capture of an address',
        params: AddressParams,
        response: { 202: CaptureAsked },
      },
    },
    async (request, reply) => {
      const capture = await http.act(request, tx => askAgain(tx, request.params.address))
      return reply.code(202).send({ capture })
    },
  )
}

const addReadings: Routes = (app, http) => {
  // Looking at evidence writes: who looked, and how, is in the log before the seal is opened.
  app.get(
    '/exhibits/:exhibit/preview',
    {
      config: { right: 'evidence.view' },
      schema: {
        tags,
        summary: 'A small grey blurred picture of an exhibit (image/jpeg)',
        params: ExhibitParams,
      },
    },
    async (request, reply) => {
      const picture = await previewOf(handsOf(http, request), request.params.exhibit)
      return reply.type('image/jpeg').send(picture)
    },
  )

  app.post(
    '/exhibits/:exhibit/viewings',
    {
      config: { right: 'evidence.view', isFresh: true },
      schema: {
        tags,
        summary: 'An exhibit as it is, for a reason that stands in the log (image/png)',
        params: ExhibitParams,
        body: NewViewing,
      },
    },
    async (request, reply) => {
      const { contentType, bytes } = await viewExhibit(
        handsOf(http, request),
        request.params.exhibit,
        request.body.reason,
      )
      return reply.type(contentType).send(bytes)
    },
  )

  app.get(
    '/exhibits/:exhibit/sealed',
    {
      config: { right: 'evidence.view', isFresh: true },
      schema: { tags, summary: 'The sealed file (age v1) of an exhibit', params: ExhibitParams },
    },
    async (request, reply) => {
      const { exhibit } = request.params
      const { size, bytes } = await sealedFile(handsOf(http, request), exhibit)
      return reply
        .type('application/octet-stream')
        .header('content-length', size)
        .header('content-disposition', `attachment; filename="${exhibit}.age"`)
        .send(Readable.from(bytes, { objectMode: false }))
    },
  )
}

function handsOf(http: Http, request: FastifyRequest): Hands {
  return { act: verb => http.act(request, verb), world: http.world }
}
