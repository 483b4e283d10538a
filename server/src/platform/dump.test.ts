import { expect, test } from 'vitest'
import { addRows, fixedForms, rowsOf, tablesOf, typesOf } from './dump.ts'
import { openTrial } from './trial.ts'

const columns = [
  'id',
  'bytes',
  'jsonb_value',
  'json_value',
  'at',
  'day',
  'span',
  'real',
  'number',
  'bits',
  'words',
  'flag',
  'note',
  'big',
  'padded',
]

test('every kind of value comes back exactly as it was', async () => {
  await using trial = await openTrial()
  const client = await trial.database.pool.connect()
  try {
    const shape = `(id uuid primary key, bytes bytea, jsonb_value jsonb, json_value json, at timestamptz, day date,
      span interval, "real" float8, number numeric(40, 20), bits bit(256), words text[], flag boolean, note text,
      big bigint, padded char(5), doubled bigint generated always as (big / 2) stored)`
    await client.query(`create schema trial; grant usage on schema trial to jikimi_app;
      create table trial.one ${shape}; create table trial.other ${shape}`)
    await client.query(`set timezone = 'Asia/Seoul'`)
    await client.query(`insert into trial.one values
      (gen_random_uuid(), '\\x00ff5c0a22', '{"b": [1, 0.10, "\\u0001가"], "a": null}', '{ "as" : "written" }',
        '2026-11-23 09:00:00.123456+09', 'infinity', '1 mon 2 days 03:04:05.000006', 0.1::float8 + 0.2::float8,
        12345678901234567890.12345678901234567890, (7::bit(256)) << 3, array['a "b"', null, '', 'c,{d}\\e', '줄
바꿈'], true, E'tab\\t \\\\ "quote" \\n line', 9223372036854775807, 'ab'),
      (gen_random_uuid(), null, 'null', 'null', '-infinity', '0044-03-15 BC', '-00:00:01', 'NaN', 'NaN', null, '{}', null, '', -9223372036854775808, ''),
      (gen_random_uuid(), '', null, null, null, null, null, '-Infinity', null, null, null, false, null, null, null)`)
    await client.query('begin')
    await client.query(fixedForms)
    const table = { schema: 'trial', table: 'one', columns }
    expect(
      (await tablesOf(client)).filter(each => each.schema === 'trial').map(each => each.columns),
    ).toEqual([columns, columns])
    const other = { ...table, table: 'other' }
    const types = await typesOf(client, other)
    for await (const part of rowsOf(client, table))
      expect(await addRows(client, other, types, part.bytes)).toBe(3)
    await client.query('commit')
    const { rows } = await client.query<{ one: string; other: string }>(
      `select one::text as one, other::text as other from trial.one full join trial.other using (id)`,
    )
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(row.other).toBe(row.one)
    const kept = await client.query(
      `select id from trial.other where jsonb_value is not null and jsonb_value = 'null'`,
    )
    expect(kept.rows).toHaveLength(1)
  } finally {
    client.release()
  }
})

test('many rows leave in parts of about a megabyte, and tables that others point to come first', async () => {
  await using trial = await openTrial()
  const client = await trial.database.pool.connect()
  try {
    await client.query(`create schema trial; grant usage on schema trial to jikimi_app;
      create table trial.z (id int primary key); create table trial.a (id int references trial.z, filler text);
      insert into trial.z values (1); insert into trial.a select 1, repeat('가나다', 1000) from generate_series(1, 700)`)
    await client.query('begin')
    const tables = await tablesOf(client)
    const places = tables.filter(each => each.schema === 'trial').map(each => each.table)
    expect(places).toEqual(['z', 'a'])
    const parts = await Array.fromAsync(
      rowsOf(client, { schema: 'trial', table: 'a', columns: ['id', 'filler'] }),
    )
    expect(parts.length).toBeGreaterThan(1)
    const lines = parts.flatMap(part => Buffer.from(part.bytes).toString().trimEnd().split('\n'))
    expect(lines).toHaveLength(700)
    expect(tables.some(each => each.schema === 'platform' && each.table === 'migration')).toBe(false)
    expect(tables.filter(each => each.schema === 'pgboss').map(each => each.table)).toContain('job')
  } finally {
    client.release()
  }
})
