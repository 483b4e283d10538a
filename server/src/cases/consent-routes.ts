import { z } from 'zod'
import type { Routes } from '#platform/http'
import { caseConsents, ownConsents, switchConsent, takeConsent } from './consent.ts'
import { CaseConsents, OwnConsent, OwnConsentParams, OwnConsents, TakenConsent } from './consent-schema.ts'
import { CaseParams } from './schema.ts'

const tags = ['cases']
const nothing = z.null().describe('Done.')

/** For what the person of a case has consented. */
export const consentRoutes: Routes = (app, http) => {
  app.get(
    '/report/consents',
    {
      config: { right: 'reporter' },
      schema: {
        tags,
        summary: 'What one has consented to, and what a withdrawal has stopped',
        response: { 200: OwnConsents },
      },
    },
    async (request, reply) =>
      reply.header('cache-control', 'no-store').send(await http.look(request, ownConsents)),
  )

  app.put(
    '/report/consents/:purpose',
    {
      config: { right: 'reporter' },
      schema: {
        tags,
        summary: 'Gives a consent, or withdraws it: then everything that relied on it stops',
        params: OwnConsentParams,
        body: OwnConsent,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => switchConsent(tx, request.params.purpose, request.body.isGiven))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/cases/:case/consents',
    {
      config: { right: 'cases.read' },
      schema: {
        tags,
        summary: 'What the person of the case has consented to, and when',
        params: CaseParams,
        response: { 200: CaseConsents },
      },
    },
    request => http.look(request, tx => caseConsents(tx, request.params.case)),
  )

  app.post(
    '/cases/:case/consents',
    {
      config: { right: 'cases.consent' },
      schema: {
        tags,
        summary: 'Writes down what the person has said to the team',
        params: CaseParams,
        body: TakenConsent,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => takeConsent(tx, request.params.case, request.body))
      return reply.code(204).send(null)
    },
  )
}
