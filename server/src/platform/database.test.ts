import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTrial, staff } from './trial.ts'

test('every transaction runs under a role that cannot bypass row-level security', async () => {
  await using trial = await openTrial()
  const [role] = await trial.as(staff('officer')).do(async tx => {
    const { rows } = await sql<{ name: string; bypasses: boolean; isSuper: boolean }>`
      select rolname as name, rolbypassrls as bypasses, rolsuper as "isSuper" from pg_roles where rolname = current_user`.execute(
      tx.db,
    )
    return rows
  })
  expect(role).toEqual({ name: 'jikimi_app', bypasses: false, isSuper: false })
})

test('the database knows who is asking, and forgets it with the transaction', async () => {
  await using trial = await openTrial()
  const detective = staff('officer', 'busan')
  const seen = await trial.as(detective).do(async tx => {
    const { rows } = await sql<{
      agency: string
      account: string
    }>`select platform.agency() as agency, platform.account() as account`.execute(tx.db)
    return rows[0]
  })
  expect(seen).toEqual({ agency: 'busan', account: detective.account })
  const { rows } = await trial.database.pool.query(
    `select nullif(current_setting('jikimi.agency', true), '') as agency, current_user as role`,
  )
  expect(rows[0]).toMatchObject({ agency: null })
  expect(rows[0]?.role).not.toBe('jikimi_app')
})

test('a look cannot write: PostgreSQL itself refuses', async () => {
  await using trial = await openTrial()
  const attempt = trial.as(staff('officer')).see(tx => sql`delete from audit.waiting`.execute(tx.db as never))
  await expect(attempt).rejects.toThrow('cannot execute DELETE in a read-only transaction')
})

test('a second transaction inside the first is refused at once instead of waiting for ever', async () => {
  await using trial = await openTrial()
  const attempt = trial.as(staff('officer')).do(() => trial.as(staff('officer')).see(async () => 1))
  await expect(attempt).rejects.toThrow('A transaction is open already')
})
