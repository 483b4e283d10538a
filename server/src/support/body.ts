/**
 * The directory of bodies that help: those that come with the program, and those that were added here; and who of a
 * partner answers for which.
 *
 * @module
 */
import { record } from '#audit'
import type { ReadTx, Tx } from '#platform/database'
import { newId, type AccountId } from '#platform/ids'
import { refuse } from '#platform/refusals'
import { agencyNamed } from '#staffing'
import { directoryVersion, knownBodies } from './directory.ts'
import { refused } from './errors.ts'
import { accountOf } from './promise.ts'
import type { Bodies, Body, NewBody } from './referral-schema.ts'
import * as store from './referral-store.ts'

/** Every body that somebody may be referred to. */
export async function listBodies(tx: ReadTx): Promise<Bodies> {
  const withAgents = await store.bodiesWithAgents(tx)
  const known = knownBodies.map(({ code, ...each }): Body => ({
    ...each,
    body: code,
    languages: [...each.languages],
    accessibility: [...each.accessibility],
    unconfirmed: [...each.unconfirmed],
    isOwn: false,
    hasAgent: withAgents.has(code),
  }))
  const added = (await store.bodies(tx)).map((row): Body => ({
    body: row.id,
    kind: row.kind,
    name: { ko: row.name, en: row.name },
    phone: row.phone,
    region: row.region,
    languages: row.languages,
    accessibility: row.accessibility,
    unconfirmed: [],
    isOwn: true,
    hasAgent: withAgents.has(row.id),
  }))
  return { version: directoryVersion, rows: [...known, ...added] }
}

/** @throws support.noBody */
export async function bodyNamed(tx: ReadTx, code: string): Promise<Body> {
  return (await listBodies(tx)).rows.find(each => each.body === code) ?? refuse(refused.noBody())
}

/** Names of all bodies, also of such as are closed by now. */
export async function namesOfBodies(tx: ReadTx): Promise<ReadonlyMap<string, Body['name']>> {
  const added = await store.bodyNames(tx)
  return new Map([
    ...knownBodies.map(each => [each.code, each.name] as const),
    ...added.map(({ id, name }) => [id as string, { ko: name, en: name }] as const),
  ])
}

/** Adds a body to the directory. @throws staffing.noAgency */
export async function addBody(tx: Tx, form: NewBody): Promise<string> {
  if (form.region !== null) await agencyNamed(tx, form.region)
  const id = newId<'BodyId'>(tx.now)
  await store.addBody(tx, {
    ...form,
    id,
    added_by: accountOf(tx),
    added_at: tx.now,
    closed_at: null,
  })
  await record(tx, 'body.added', { body: id }, { kind: form.kind })
  return id
}

/** Closes a body that was added: nobody is referred to it any more. @throws support.noBody */
export async function closeBody(tx: Tx, code: string): Promise<void> {
  if (!(await store.closeBody(tx, code))) refuse(refused.noBody())
  await record(tx, 'body.closed', { body: code })
}

/** Which agent of a partner answers for which body. */
export async function listAgents(tx: ReadTx) {
  const rows = await store.agents(tx)
  return { rows: rows.map(row => ({ account: row.account_id, body: row.body })) }
}

/** Says for which body a partner's agent answers; null for none. @throws support.noAgent, support.noBody */
export async function nameAgent(tx: Tx, account: AccountId, body: string | null): Promise<void> {
  if (!(await store.isPartner(tx, account))) refuse(refused.noAgent())
  if (body === null) await store.dropAgent(tx, account)
  else {
    await bodyNamed(tx, body)
    await store.nameAgent(tx, {
      account_id: account,
      body,
      named_by: accountOf(tx),
      named_at: tx.now,
    })
  }
  await record(tx, 'agent.named', { account }, { isNamed: body !== null })
}
