import type { Routes } from '#platform/http'
import { numbers } from './numbers.ts'
import { Statistics } from './schema.ts'

export const routes: Routes = (app, http) => {
  app.get(
    '/statistics',
    {
      config: { right: 'statistics.read' },
      schema: { tags: ['statistics'], summary: 'The unit’s numbers', response: { 200: Statistics } },
    },
    request => http.look(request, numbers),
  )
}
