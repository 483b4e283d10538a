import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import {
  AllowanceEnd,
  AllowanceParams,
  Allowances,
  NewAllowance,
  NewNote,
  NoteLines,
  NoteParams,
  NoteRead,
  Screens,
} from './note-schema.ts'
import { allow, allowances, disallow, listNotes, openNote, sealNote, takeNote, writeNote } from './note.ts'
import { CaseParams } from './schema.ts'
import { screens } from './screens.ts'

const tags = ['support']

export const noteRoutes: Routes = (app, http) => {
  notes(app, http)
  permissions(app, http)
}

function notes(app: App, http: Http): void {
  app.get(
    '/screens',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'The standard screens that may be offered, with source and licence',
        response: { 200: Screens },
      },
    },
    async () => ({
      rows: screens.map(screen => ({
        ...screen,
        choices: [...screen.choices],
        questions: [...screen.questions],
        bands: [...screen.bands],
      })),
    }),
  )

  app.get(
    '/cases/:case/notes',
    {
      config: { right: 'support.notes' },
      schema: {
        tags,
        summary: 'Which counselling notes of a case the caller may read; not what they say',
        params: CaseParams,
        response: { 200: NoteLines },
      },
    },
    request => http.look(request, tx => listNotes(tx, request.params.case)),
  )

  app.post(
    '/cases/:case/notes',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'Seals a note, a safety plan or the answers to a screen',
        params: CaseParams,
        body: NewNote,
        response: { 201: NoteParams },
      },
    },
    async (request, reply) => {
      const { supportKeys, clock } = http.world
      const ready = await sealNote(supportKeys, clock.now(), request.params.case, request.body)
      const note = await http.act(request, tx => writeNote(tx, ready))
      return reply.code(201).send({ note })
    },
  )

  app.get(
    '/notes/:note',
    {
      config: { right: 'support.notes' },
      schema: {
        tags,
        summary:
          'Opens a note for whoever wrote it, or whom the victim has allowed; the reading is in the log',
        params: NoteParams,
        response: { 200: NoteRead },
      },
    },
    async (request, reply) => {
      // The entry that somebody reads is written before the seal is opened.
      const taken = await http.act(request, tx => takeNote(tx, request.params.note))
      return reply.send(await openNote(http.world.supportKeys, taken))
    },
  )
}

function permissions(app: App, http: Http): void {
  app.get(
    '/cases/:case/allowances',
    {
      config: { right: 'support.notes' },
      schema: {
        tags,
        summary: 'Whom the victim has allowed to read counselling notes, and who could be',
        params: CaseParams,
        response: { 200: Allowances },
      },
    },
    request => http.look(request, tx => allowances(tx, request.params.case)),
  )

  app.post(
    '/cases/:case/allowances',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'The victim allows somebody to read the caller’s notes',
        params: CaseParams,
        body: NewAllowance,
        response: { 201: AllowanceParams },
      },
    },
    async (request, reply) => {
      const allowance = await http.act(request, tx => allow(tx, request.params.case, request.body))
      return reply.code(201).send({ allowance })
    },
  )

  app.post(
    '/allowances/:allowance/withdrawal',
    {
      config: { right: 'support.notes' },
      schema: {
        tags,
        summary: 'It is no longer allowed, from this moment on',
        params: AllowanceParams,
        body: AllowanceEnd,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => disallow(tx, request.params.allowance, request.body.reason))
      return reply.code(204).send(null)
    },
  )
}
