import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { firstInvitation } from './invitation.ts'
import { refuseGuessable } from './password.ts'
import { openFront } from './trial.ts'

const isRefused = (password: string, own: readonly string[] = []) =>
  refuseGuessable(password, own).then(
    () => false,
    () => true,
  )

test('what is used most, rows of keys, repetitions, dates, and words of this house are refused', async () => {
  for (const password of [
    'password12345',
    'iloveyou1234!',
    'trustno1trustno1',
    'zxcvbnm,./123',
    'aaaaaaaaaaaaaaaaaa',
    'JIKIMI jikimi 2026',
    '사이버수사대 서울경찰청 1!',
  ])
    expect(await isRefused(password), password).toBe(true)
})

test('so is what is made of one’s own name and address', async () => {
  expect(await isRefused('minseo.park@police.example', ['박민서', 'minseo.park@police.example'])).toBe(true)
  expect(await isRefused('박민서박민서박민서박민서', ['박민서'])).toBe(true)
})

test('of any kind of characters something unguessable can be made: no composition is demanded', async () => {
  const digits = Array.from({ length: 24 }, () => randomInt(10)).join('')
  for (const password of [
    digits,
    'vtqmzkwplhxr',
    '자두 우산 기차 산호',
    '%&/(=?)§$_:;>',
    'plum umbrella train coral',
  ])
    expect(await isRefused(password), password).toBe(false)
})

test('a password counts as it was typed: to its last space, case and the hundredth letter', async () => {
  await using front = await openFront()
  const browser = front.browser()
  const token = await firstInvitation(front.trial.database, front.world)
  const password = ` Plum 우산 train ${'ab'.repeat(40)} end `
  const email = 'admin@example.org'
  expect((await browser.post('/enrolments', { token, name: '홍길동', email, password })).status).toBe(201)
  const enter = async (typed: string) =>
    (await browser.post('/auth/sign-in/email', { email, password: typed })).status
  for (const other of [password.trim(), password.toLowerCase(), password.slice(0, 72)])
    expect(await enter(other)).toBe(401)
  expect(await enter(password)).toBe(200)
})
