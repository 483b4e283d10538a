/**
 * Every error that leaves by HTTP, in one form: problem details (RFC 9457) with a sentence in Korean and
 * English. What was sent is never quoted back.
 *
 * @module
 */
import { z } from 'zod'
import { Refusal, refusals, type Safe } from './refusals.ts'

export const problemType = 'application/problem+json; charset=utf-8'

export const Problem = z
  .object({
    type: z.string().describe('A name for the kind of problem that is never reused.'),
    title: z.string().describe('The sentence in the language asked for.'),
    status: z.number().int(),
    code: z.string(),
    sentences: z.object({ ko: z.string(), en: z.string() }),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    wrong: z
      .array(z.object({ at: z.string(), what: z.string() }))
      .optional()
      .describe('Where the request does not fit its schema.'),
    request: z.string().describe('The request’s id, to be named when asking for help.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

const refused = refusals('http', {
  badRequest: {
    status: 400,
    ko: '보내신 내용의 형식이 맞지 않습니다. 표시된 곳을 고쳐 다시 보내 주세요.',
    en: 'What was sent does not have the expected form. Mend the marked places and send it again.',
  },
  notSignedIn: {
    status: 401,
    ko: '로그인이 필요합니다. 다시 로그인해 주세요.',
    en: 'You are not signed in. Please sign in again.',
  },
  notAllowed: { status: 403, ko: '이 작업을 할 권한이 없습니다.', en: 'You are not allowed to do this.' },
  notFound: { status: 404, ko: '찾을 수 없습니다.', en: 'There is nothing here.' },
  tooLarge: { status: 413, ko: '보내신 내용이 너무 큽니다.', en: 'What was sent is too large.' },
  wrongType: {
    status: 415,
    ko: '지원하지 않는 형식입니다.',
    en: 'This kind of content is not accepted here.',
  },
  tooMany: {
    status: 429,
    ko: '요청이 너무 많습니다. 1분 뒤에 다시 시도해 주세요.',
    en: 'Too many requests. Please try again in a minute.',
  },
  broken: {
    status: 503,
    ko: '지금 처리하지 못했습니다. 아무것도 바뀌지 않았습니다. 잠시 뒤 다시 시도해 주세요.',
    en: 'This could not be done now. Nothing was changed. Please try again in a moment.',
  },
})

const byStatus = {
  400: refused.badRequest,
  401: refused.notSignedIn,
  403: refused.notAllowed,
  404: refused.notFound,
  405: refused.notFound,
  413: refused.tooLarge,
  415: refused.wrongType,
  429: refused.tooMany,
} as const

/** The problem that `error` is, in the language that `acceptLanguage` prefers (Korean where it does not say). */
export function problemOf(error: unknown, acceptLanguage: string | undefined, request: string): Problem {
  const refusal = error instanceof Refusal ? error : refusalFor(error)
  const { ko, en, status } = refusal.sentence
  const detail = definedOf(refusal.detail)
  const wrong = wrongPlaces(error)
  return {
    type: `urn:jikimi:problem:${refusal.code}`,
    title: prefersEnglish(acceptLanguage) ? en : ko,
    status,
    code: refusal.code,
    sentences: { ko, en },
    ...(detail === undefined ? {} : { detail }),
    ...(wrong === undefined ? {} : { wrong }),
    request,
  }
}

/** True where English stands before Korean in an Accept-Language header (RFC 9110, 12.5.4). */
export function prefersEnglish(acceptLanguage: string | undefined): boolean {
  const languages = (acceptLanguage ?? '').toLowerCase()
  const [korean, english] = [languages.search(/\bko\b/), languages.search(/\ben\b/)]
  return english >= 0 && (korean < 0 || english < korean)
}

function refusalFor(error: unknown): Refusal {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  const known = byStatus[status as keyof typeof byStatus]
  if (known !== undefined) return known()
  return status >= 400 && status < 500 ? refused.badRequest() : refused.broken()
}

interface Validated {
  readonly validation: readonly { instancePath: string; keyword: string }[]
}

function wrongPlaces(error: unknown): { at: string; what: string }[] | undefined {
  if (!(error instanceof Error) || !('validation' in error) || !Array.isArray(error.validation))
    return undefined
  // The path and the rule, never the value: it may be a name.
  return (error as unknown as Validated).validation
    .slice(0, 20)
    .map(each => ({ at: each.instancePath || '/', what: each.keyword }))
}

type Shown = string | number | boolean | null

function definedOf(detail: Readonly<Record<string, Safe>>): Record<string, Shown> | undefined {
  const defined = Object.entries(detail).flatMap(([name, value]): [string, Shown][] =>
    value === undefined ? [] : [[name, value]],
  )
  return defined.length === 0 ? undefined : Object.fromEntries(defined)
}
