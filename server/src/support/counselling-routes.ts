import { z } from 'zod'
import type { App, Http, Routes } from '#platform/http'
import { followUp, listCounselling, planCounselling, stepBooking, stepCounselling } from './counselling.ts'
import {
  BookingStep,
  CounsellingParams,
  CounsellingQuery,
  Counsellings,
  CounsellingStep,
  NewCounselling,
} from './counselling-schema.ts'
import { CaseParams } from './schema.ts'

const tags = ['support']
const done = { 204: z.null() }

export const counsellingRoutes: Routes = (app, http) => {
  planning(app, http)
  goingOn(app, http)
}

function planning(app: App, http: Http): void {
  app.get(
    '/counselling-sessions',
    {
      config: { right: 'support.read' },
      schema: {
        tags,
        summary: 'Counselling sessions of the cases that one sees into; what is overdue first',
        querystring: CounsellingQuery,
        response: { 200: Counsellings },
      },
    },
    request => http.look(request, tx => listCounselling(tx, request.query)),
  )

  app.post(
    '/cases/:case/counselling-sessions',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'Plans a session with the victim, with an interpreter where one is needed',
        params: CaseParams,
        body: NewCounselling,
        response: { 201: CounsellingParams },
      },
    },
    async (request, reply) => {
      const counselling = await http.act(request, tx =>
        planCounselling(tx, request.params.case, request.body),
      )
      return reply.code(201).send({ counselling })
    },
  )
}

function goingOn(app: App, http: Http): void {
  app.post(
    '/counselling-sessions/:counselling/steps',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'Says that a session was held, missed or cancelled, or plans a missed one anew',
        params: CounsellingParams,
        body: CounsellingStep,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => stepCounselling(tx, request.params.counselling, request.body))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/counselling-sessions/:counselling/bookings',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'Says whether the interpreter is booked',
        params: CounsellingParams,
        body: BookingStep,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => stepBooking(tx, request.params.counselling, request.body.booking))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/counselling-sessions/:counselling/follow-ups',
    {
      config: { right: 'support.counsel' },
      schema: {
        tags,
        summary: 'Says that what was to follow a session is done',
        params: CounsellingParams,
        response: done,
      },
    },
    async (request, reply) => {
      await http.act(request, tx => followUp(tx, request.params.counselling))
      return reply.code(204).send(null)
    },
  )
}
