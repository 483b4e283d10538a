/**
 * What the console asks of the statistics room.
 *
 * @module
 */
import { server, type Schemas } from '../server.ts'

export type Statistics = Schemas['Statistics']

export const statistics = () => server.get<Statistics>('/statistics')
