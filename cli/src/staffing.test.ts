/** `jikimi staffing plan` as a process, on files. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { agencies } from '@jikimi/staffing'
import { afterAll, expect, test } from 'vitest'

const jikimi = fileURLToPath(new URL('./jikimi.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jikimi-staffing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function plan(officers: string, caseload: string, more: readonly string[] = ['--json'], language = 'C') {
  const words = ['staffing', 'plan', '--officers', officers, '--caseload', caseload, ...more]
  const ran = spawnSync(process.execPath, [jikimi, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: language },
    timeout: 120_000,
  })
  return { code: ran.status, out: ran.stdout, fault: ran.stderr }
}

const unit = (women: number, men: number) =>
  Array.from({ length: women + men }, (_, at) => ({
    id: `officer-${String(at).padStart(2, '0')}`,
    gender: at < women ? 'female' : 'male',
    agency: agencies[at % 18]!.code,
    languages: ['ko'],
    skills: ['testimony'],
  }))
const caseload = agencies.map(({ code }, at) => ({ agency: code, cases: 10 + 7 * at }))

test('fifty officers over eighteen agencies are planned, the same in any order', () => {
  const cases = file('caseload.json', caseload)
  const planned = plan(file('officers.json', unit(22, 28)), cases)
  expect(planned).toMatchObject({ code: 0, fault: '' })
  const { postings, objective, explanations } = JSON.parse(planned.out) as {
    postings: { officer: string; agency: string }[]
    objective: object
    explanations: { officer: string; ko: string; en: string }[]
  }
  expect(postings).toHaveLength(50)
  expect(explanations.map(each => each.officer).toSorted()).toEqual(postings.map(each => each.officer))
  expect(Object.keys(objective)).toEqual(['largestLoad', 'sumOfLoads', 'moves'])
  const turned = plan(
    file('turned.json', unit(22, 28).toReversed()),
    file('turned-cases.json', caseload.toReversed()),
  )
  expect(turned.out).toBe(planned.out)
  expect(plan(join(folder, 'officers.json'), cases, [], 'ko_KR.UTF-8').out).toMatch(/^1인당 사건 최대/)
})

test('too few women end with 2, by name and count', () => {
  const few = file('few.json', unit(16, 34))
  const cases = file('seventeen.json', caseload.slice(0, 17))
  const refused = plan(few, cases)
  expect(refused.code).toBe(2)
  expect(refused.fault).toContain('17 women officers are needed, there are 16.')
  expect(JSON.parse(refused.out)).toMatchObject({
    infeasible: [{ code: 'tooFewWomen', needed: 17, available: 16 }],
  })
  expect(plan(few, cases, [], 'ko_KR.UTF-8').fault).toContain('여성 수사관 17명이 필요하지만 16명뿐입니다.')
})

test.each([
  ['no file', undefined, 'cannot be read'],
  ['no JSON', '[{', 'is not JSON'],
  ['no list', {}, 'the whole file'],
  ['an unknown gender', [{ id: 'a', gender: 'q', agency: 'seoul' }], 'row 1, gender'],
  [
    'one officer twice',
    [
      { id: 'a', gender: 'f', agency: 'seoul' },
      { id: 'a', gender: 'm', agency: 'seoul' },
    ],
    'row 2: this id stands twice',
  ],
])('officers with %s end with 2 and the place of the fault', (_, content, told) => {
  const path = content === undefined ? join(folder, 'none.json') : file('wrong.json', content)
  const refused = plan(path, file('caseload.json', caseload))
  expect(refused.code).toBe(2)
  expect(refused.fault).toContain(told)
  expect(refused.fault).not.toContain('    at ')
})
