import { expect, test } from 'vitest'
import { explainSettings, readConfig } from './config.ts'

test('without any setting the product listens on loopback, on port 8080, in all roles', () => {
  const read = readConfig({})
  expect(read.ok && read.config).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    roles: ['web', 'worker', 'matcher'],
  })
})

test('each wrong setting gives one line that names it and never quotes its value', () => {
  const read = readConfig({
    JIKIMI_PORT: 'eighty',
    DATABASE_URL: 'mysql://root:secret@host/x',
    JIKIMI_ROLES: 'web,boss',
  })
  if (read.ok) throw new Error('accepted')
  expect(read.wrong.map(each => each.name).toSorted()).toEqual([
    'DATABASE_URL',
    'JIKIMI_PORT',
    'JIKIMI_ROLES',
  ])
  const lines = read.wrong.map(each => each.line).join('\n')
  expect(lines).not.toMatch(/secret|eighty/)
})

test('a setting that does not exist stops the start: it is a misspelt one', () => {
  const read = readConfig({ JIKIMI_PROT: '80' })
  expect(!read.ok && read.wrong).toEqual([expect.objectContaining({ name: 'JIKIMI_PROT' })])
})

test('every setting is explained', () => {
  for (const each of explainSettings()) expect(each.meaning, each.name).toMatch(/.{20,}/)
})
