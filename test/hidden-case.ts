/**
 * A case that has everything a case can have, in words of its own: what must not shine through where it is not
 * to be seen. Rows that the procedure takes days and a browser to make are put in by hand.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { profile } from '@jikimi/fingerprint'
import { openFromReport, caseRow } from '../server/src/cases/index.ts'
import { writeMessage } from '../server/src/intake/conversation.ts'
import { fileReport, prepareFiling, reportContent } from '../server/src/intake/index.ts'
import { bankReport } from '../server/src/matching/index.ts'
import type { CaseId, ReportId } from '../server/src/platform/ids.ts'
import { machine, reporter, type Trial } from '../server/src/platform/trial.ts'
import { trialMailbox } from '../server/src/platform/trial-keys.ts'
import type { World } from '../server/src/platform/world.ts'

/** What makes one case differ from another. */
export interface Told {
  readonly region: string
  readonly host: string
  readonly words: string
  readonly isMinor: boolean
  readonly hash: string
}

export interface FullCase {
  readonly case: CaseId
  readonly report: ReportId
  readonly number: string
  /** Every id of the case by the name that a route has for it. */
  readonly ids: Readonly<Record<string, string>>
}

/** Files a report, opens its case and fills it. */
export async function openFullCase(trial: Trial, world: World, told: Told): Promise<FullCase> {
  const address = `https://${told.host}/p/1`
  const ready = prepareFiling(
    world.keys,
    trial.clock.now(),
    {
      language: 'ko',
      concern: 'leak',
      relation: 'self',
      ageUnder18: told.isMinor,
      region: told.region,
      mailbox: trialMailbox(),
      story: lettered(told.words),
      wantsWoman: false,
      contact: { way: 'email', value: 'someone@person.example' },
      addresses: [address],
      fingerprints: [{ kind: 'picture', profile, hash: told.hash, quality: 100 }],
    },
    randomUUID(),
  )
  const report = await trial.as(reporter(ready.report)).do(tx => fileReport(tx, ready))
  const id = await trial.as(machine('cases')).do(tx => openFromReport(tx, { report }))
  await trial.as(machine('matching')).do(tx => bankReport(tx, world.keys, { case: id, report }))
  const message = await trial
    .as(reporter(report))
    .do(tx => writeMessage(tx, report, { letter: lettered(told.words), key: randomUUID() }))
  const { addresses } = await trial.as(machine('cases')).see(tx => reportContent(tx, report))
  const { number } = await trial.as(machine('cases')).see(tx => caseRow(tx, id))
  const made = await fill(trial, id, addresses[0]!.address, told)
  const { rows } = await trial.database.pool.query<{ matter: string; entry: string; officer: string }>(
    `select (select id from cases.matter where case_id = $1 limit 1) as matter,
       (select id from audit.entry where case_id = $1 limit 1) as entry`,
    [id],
  )
  const ids = { case: id, report, address: addresses[0]!.address, message: message.id, ...made }
  return { case: id, report, number, ids: { ...ids, ...rows[0]! } }
}

async function fill(trial: Trial, id: CaseId, address: string, told: Told): Promise<Record<string, string>> {
  const { pool } = trial.database
  const of = Object.fromEntries(
    [
      'capture',
      'exhibit',
      'match',
      'provider',
      'channel',
      'target',
      'notice',
      'reply',
      'order',
      'member',
      'glass',
      'flag',
      'handover',
      'promise',
      'counselling',
      'note',
      'allowance',
      'referral',
    ].map(name => [name, randomUUID()]),
  ) as Record<string, string>
  const [canonical, at] = [`https://${told.host}/p/1`, trial.clock.now()]
  const say = (text: string, values: unknown[]) => pool.query(text, values)
  await say(
    `insert into evidence.capture (id, case_id, address_id, state, asked_at, begun_at, finished_at)
     values ($1, $2, $3, 'sealed', $4, $4, $4)`,
    [of['capture'], id, address, at],
  )
  await say(
    `insert into evidence.exhibit (id, capture_id, case_id, address_id, kind, place, url, content_type, size,
       plain_sha256, salt, sealed_sha256, sealed_size, tools, sealed_at)
     values ($1, $2, $3, $4, 'media', 0, $5, 'image/png', 10, sha256($6), sha256($6), encode(sha256($6), 'hex'), 20, '{}', $7)`,
    [of['exhibit'], of['capture'], id, address, `${canonical}.png`, Buffer.from(of['exhibit']!), at],
  )
  await say(
    `insert into matching.examination (exhibit_id, case_id, address_id, state, media, unreadable, other_cases, asked_at, done_at)
     values ($1, $2, $3, 'done', 1, 0, 0, $4, $4)`,
    [of['exhibit'], id, address, at],
  )
  await say(
    `insert into matching.match (id, case_id, address_id, exhibit_id, banked_id, kind, distance, quality, profile, state, found_at)
     select $1, $2, $3, $4, banked.id, 'near', 20, 90, banked.profile, 'pending', $5
     from matching.banked banked where banked.case_id = $2`,
    [of['match'], id, address, of['exhibit'], at],
  )
  await say(
    `insert into cases.handover (id, case_id, from_agency, to_agency, reason, words, made_by, made_at, done_at, noted_at)
     values ($1, $2, $3, $3, 'load', $4, $5, $6, $6, $6)`,
    [of['handover'], id, told.region, told.words, randomUUID(), at],
  )
  await fillSupport(say, of, { id, at, words: told.words })
  await fillTakedown(say, of, { id, address, canonical, at, told })
  return of
}

async function fillSupport(
  say: (text: string, values: unknown[]) => Promise<unknown>,
  of: Record<string, string>,
  { id, at, words }: { id: CaseId; at: Date; words: string },
): Promise<void> {
  await say(
    `insert into support.promise (id, case_id, person, what, by_role, until_at, made_by, made_at, state)
     values ($1, $2, 'victim', $3, 'officer', $4, gen_random_uuid(), $4, 'open')`,
    [of['promise'], id, words, at],
  )
  await say(
    `insert into support.counselling (id, case_id, counsellor_id, state, way, at, place, planned_at)
     values ($1, $2, gen_random_uuid(), 'planned', 'phone', $4, $3, $4)`,
    [of['counselling'], id, words.slice(0, 200), at],
  )
  await say(
    `insert into support.note (id, case_id, counselling_id, author_id, kind, sealed, written_at)
     values ($1, $2, $3, gen_random_uuid(), 'note', convert_to($4, 'UTF8'), $5)`,
    [of['note'], id, of['counselling'], words, at],
  )
  await say(
    `insert into support.allowed (id, case_id, author_id, account_id, reason, given_at)
     values ($1, $2, gen_random_uuid(), gen_random_uuid(), 'cover', $3)`,
    [of['allowance'], id, at],
  )
  await say(
    `insert into support.referral (id, case_id, body, kind, facts, state, sent_by, sent_at, due_at)
     values ($1, $2, 'women-lawyers', 'lawyer', '{}', 'sent', gen_random_uuid(), $3, $3)`,
    [of['referral'], id, at],
  )
}

async function fillTakedown(
  say: (text: string, values: unknown[]) => Promise<unknown>,
  of: Record<string, string>,
  about: { id: CaseId; address: string; canonical: string; at: Date; told: Told },
): Promise<void> {
  const { id, address, canonical, at, told } = about
  // As RDAP would have found them.
  await say(
    `insert into takedown.provider (id, name, kind, country, added_at) values ($1, $2, 'host', 'KR', $3)`,
    [of['provider'], `Network of ${told.host}`, at],
  )
  await say(
    `insert into takedown.channel (id, provider_id, type, address, language, source, added_at)
     values ($1, $2, 'mail', $3, 'en', 'rdap', $4)`,
    [of['channel'], of['provider'], `abuse@${told.host}`, at],
  )
  await say(
    `insert into takedown.target (id, case_id, address_id, canonical, host, basis, item_type, state, verdict, provider_id,
       channel_id, regime, rung, opened_at, noticed_at, clock_ends_at, watched_from)
     values ($1, $2, $3, $4, $5, 'krSvpa', 'ncii', 'noticed', 'upSame', $6, $7, 'krTba', 1, $8, $8, $8, $8)`,
    [of['target'], id, address, canonical, told.host, of['provider'], of['channel'], at],
  )
  await say(
    `insert into takedown.notice (id, case_id, target_id, channel_id, rung, round, reminder, addressee, regime, language, state,
       to_address, subject, text, reply_token, queued_at, sent_at, due_at)
     values ($1, $2, $3, $4, 1, 1, 0, 'operator', 'krTba', 'ko', 'sent', $5, 's', $6, gen_random_uuid()::text, $7, $7, $7)`,
    [of['notice'], id, of['target'], of['channel'], `abuse@${told.host}`, told.words, at],
  )
  await say(
    `insert into takedown.reply (id, case_id, target_id, notice_id, kind, text, sha256, received_at)
     values ($1, $2, $3, $4, 'acknowledged', $5, gen_random_uuid()::text, $6)`,
    [of['reply'], id, of['target'], of['notice'], told.words, at],
  )
  await say(
    `insert into takedown.recheck (id, case_id, target_id, at, verdict, is_sure, vantage)
     values (gen_random_uuid(), $1, $2, $3, 'upSame', true, 'direct')`,
    [id, of['target'], at],
  )
  await say(
    `insert into blocking.block_order (id, case_id, target_id, address_id, canonical, host, state, scope, proposed_at)
     values ($1, $2, $3, $4, $5, $6, 'proposed', 'address', $7)`,
    [of['order'], id, of['target'], address, canonical, told.host, at],
  )
  await say(
    `insert into cases.member (id, case_id, account_id, ground, words, from_at) values ($1, $2, gen_random_uuid(), 'team', $3, $4)`,
    [of['member'], id, told.words, at],
  )
  await say(
    `insert into cases.glass (id, case_id, member_id, account_id, reason, words, at, told)
     values ($1, $2, $3, gen_random_uuid(), 'lifeAtRisk', $4, $5, '{}')`,
    [of['glass'], id, of['member'], `${told.words} 그래서 지금 열어야 했습니다.`, at],
  )
  await say(
    `insert into cases.flag (id, account_id, case_id, kind, hour, at) values ($1, gen_random_uuid(), $2, 'night', $3, $3)`,
    [of['flag'], id, at],
  )
}

/** Changes all that lies within a case and nothing of its outside: words, addresses, what was found. */
export async function rewrite(
  trial: Trial,
  full: FullCase,
  told: Pick<Told, 'host' | 'words'>,
): Promise<void> {
  const { pool } = trial.database
  const canonical = `https://${told.host}/p/1`
  const changes: readonly (readonly [string, unknown[]])[] = [
    [
      `update intake.report set story_letter = $2, contact_note = $2, relation = 'other' where id = $1`,
      [full.report, told.words],
    ],
    [`update intake.message set letter = $2 where report_id = $1`, [full.report, told.words]],
    [`alter table intake.address disable trigger user`, []],
    [
      `update intake.address set canonical = $2, typed = $2, host = $3 where report_id = $1`,
      [full.report, canonical, told.host],
    ],
    [`alter table intake.address enable trigger user`, []],
    [`update support.promise set what = $2 where case_id = $1`, [full.case, told.words]],
    [`update support.counselling set place = 'elsewhere' where case_id = $1`, [full.case]],
    [`update cases.host set host = $2 where case_id = $1`, [full.case, told.host]],
    [`alter table evidence.exhibit disable trigger user`, []],
    [`update evidence.exhibit set url = $2 where case_id = $1`, [full.case, canonical]],
    [`alter table evidence.exhibit enable trigger user`, []],
    [`update matching.match set distance = 21 where case_id = $1`, [full.case]],
    [
      `update takedown.target set canonical = $2, host = $3 where case_id = $1`,
      [full.case, canonical, told.host],
    ],
    [`update takedown.notice set text = $2 where case_id = $1`, [full.case, told.words]],
    [`update takedown.provider set name = $2 where id = $1`, [full.ids['provider'], told.host]],
    [
      `update takedown.channel set address = $2 where provider_id = $1`,
      [full.ids['provider'], `abuse@${told.host}`],
    ],
    [
      `update blocking.block_order set canonical = $2, host = $3 where case_id = $1`,
      [full.case, canonical, told.host],
    ],
  ]
  for (const [text, values] of changes) await pool.query(text, values)
}

/** What is said in it, as far as the database sees it. */
const lettered = (words: string) => Buffer.from(words).toString('base64')
