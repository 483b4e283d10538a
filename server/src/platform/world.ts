/**
 * What lies outside the database: objects, mail, the web, keys. Verbs in a transaction do not have it in
 * reach; jobs, clocks and routes do, between their transactions.
 *
 * @module
 */
import type { Config } from './config.ts'
import type { Keys } from './keys.ts'
import type { Log } from './log.ts'
import type { Post } from './mail.ts'
import type { ObjectStore } from './objects.ts'
import type { Outbound } from './outbound.ts'
import type { SupportKeys } from './support-keys.ts'
import type { Clock } from './time.ts'

export interface World {
  readonly config: Config
  readonly clock: Clock
  readonly keys: Keys
  /** Opens and seals what is said in counselling; nothing else. */
  readonly supportKeys: SupportKeys
  readonly log: Log
  readonly objects: ObjectStore
  readonly outbound: Outbound
  readonly post: Post
}
