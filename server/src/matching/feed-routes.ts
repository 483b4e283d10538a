import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Routes } from '#platform/http'
import { system } from '#platform/who'
import { FeedPage, FeedParams, FeedQuery, Feeds, MadeFeed, NewFeed } from './feed-schema.ts'
import { endFeed, listFeeds, makeFeed, readFeed } from './feed.ts'

const tags = ['matching']

export const feedRoutes: Routes = (app, http) => {
  app.get(
    '/match-feed',
    {
      config: { right: 'subscriber' },
      schema: {
        tags,
        summary: 'What became of the matches of the banks that a subscriber may hear of, oldest first',
        querystring: FeedQuery,
        response: { 200: FeedPage },
      },
    },
    // Lines are seen by the product alone; it answers with those of this subscriber.
    request =>
      http.database.look(system('matching'), tx => readFeed(tx, subscriberOf(request), request.query)),
  )

  app.get(
    '/match-feeds',
    {
      config: { right: 'matching.feeds' },
      schema: { tags, summary: 'Who hears of the matches of which banks', response: { 200: Feeds } },
    },
    () => http.database.look(system('matching'), listFeeds),
  )

  app.post(
    '/match-feeds',
    {
      config: { right: 'matching.feeds' },
      schema: {
        tags,
        summary: 'Lets a subscriber hear of the matches of some banks; the webhook’s secret is shown once',
        body: NewFeed,
        response: { 201: MadeFeed },
      },
    },
    async (request, reply) => {
      const made = await http.act(request, tx => makeFeed(tx, http.world.keys, request.body))
      return reply.code(201).send(made)
    },
  )

  app.delete(
    '/match-feeds/:feed',
    {
      config: { right: 'matching.feeds' },
      schema: {
        tags,
        summary: 'Ends a feed: nothing more is answered or sent',
        params: FeedParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await http.act(request, tx => endFeed(tx, request.params.feed))
      return reply.code(204).send(null)
    },
  )
}

/** The gate lets nobody else in. */
function subscriberOf({ who }: FastifyRequest): string {
  if (who.kind !== 'subscriber') throw new Error('A feed is read by a subscriber.')
  return who.name
}
