/**
 * Settings: one schema, read once at the start from the environment and from a file; the environment wins.
 * A wrong setting stops the start with one clear line each.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { minuteMs } from './time.ts'

const programRoles = ['web', 'worker', 'matcher'] as const
export type ProgramRole = (typeof programRoles)[number]

const list = (text: string) =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (value === '' ? undefined : value), schema.optional())

const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

/** Who signs people in for an agency, by OpenID Connect. */
const IdentityProvider = z.strictObject({
  /** Stands in addresses and in the database: never change it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,29}$/),
  /** What stands on the button. */
  title: z.strictObject({ ko: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  issuer: z
    .url({ protocol: /^https?$/ })
    .refine(url => url.startsWith('https:') || isLoopback(url), 'https only'),
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(500),
  /** Code of the agency whose people it knows; without it, of the head office and all agencies. */
  agency: z.string().max(21).optional(),
  /** With one of these the provider's word is a second factor (`acr`; `amr`, RFC 8176). */
  acr: z.array(z.string().min(1).max(200)).max(10).default([]),
  amr: z.array(z.string().min(1).max(40)).max(10).default([]),
})
export type IdentityProvider = z.infer<typeof IdentityProvider>

/** From the environment it comes as text, from the file as it is. */
const asJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Each setting: its check, and in its description what it means, as `jikimi config --explain` prints it. */
export const settings = z.object({
  JIKIMI_DATA: z
    .string()
    .default('./.jikimi')
    .describe('Folder of the embedded database, sealed objects and keys. One process at a time.'),
  JIKIMI_HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  JIKIMI_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('Port to listen on; 0 takes a free one.'),
  JIKIMI_PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })).describe(
    'Address under which people reach the product. Sign-in by passkey is bound to its host. Default: http://localhost:PORT.',
  ),
  JIKIMI_PROXIES: z
    .string()
    .default('loopback')
    .transform(list)
    .describe(
      'Reverse proxies (addresses, CIDR, or the word loopback) whose X-Forwarded-For names the caller, for the limits on guessing.',
    ),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })).describe(
    'PostgreSQL 15 or newer, postgres://user:password@host/database. Without it the embedded database is used.',
  ),
  JIKIMI_ROLES: z
    .string()
    .default('all')
    .transform(list)
    .pipe(z.array(z.enum(['all', ...programRoles])).min(1))
    .transform((chosen): readonly ProgramRole[] =>
      chosen.includes('all') ? programRoles : chosen.filter(role => role !== 'all'),
    )
    .describe('What this process does: all, or some of web, worker, matcher, with commas between.'),
  JIKIMI_OBJECTS: optional(z.string()).describe(
    'Where sealed objects lie: a folder, or s3://KEY:SECRET@host[:port]/bucket?region=…&tls=0|1. Default: objects in the data folder.',
  ),
  JIKIMI_SUPPORT_KEYS: optional(z.string()).describe(
    'Folder of the key to which counselling notes are sealed, apart from the unit’s own keys if wished. Default: keys in the data folder.',
  ),
  JIKIMI_SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })).describe(
    'Mail server that takes our notices, smtp(s)://user:password@host:port. Without it notices wait.',
  ),
  JIKIMI_MAIL_FROM: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/)
    .default('takedown@jikimi.example')
    .describe('Sender of our notices. Answers come back to this address with +TOKEN before the @.'),
  JIKIMI_MAIL_LISTEN: optional(z.url({ protocol: /^smtp$/ })).describe(
    'Address on which answers to our notices are received, smtp://host:port. Your mail server forwards JIKIMI_MAIL_FROM there.',
  ),
  JIKIMI_BROWSER: optional(z.string()).describe(
    'Path of the Chromium used for captures. Default: the one that npm installs.',
  ),
  JIKIMI_DNS: optional(z.string().transform(list).pipe(z.array(z.string()).min(1))).describe(
    'Resolvers (address:port, commas between) for pages that we capture and re-check. Use one that filters nothing. Default: those of the machine.',
  ),
  JIKIMI_RDAP: optional(z.url({ protocol: /^https?$/ })).describe(
    'RDAP service (RFC 9082) asked for the abuse contact of a host. Default: https://rdap.org.',
  ),
  JIKIMI_OUTBOUND_ALLOW: z
    .string()
    .default('')
    .transform(list)
    .describe(
      'Networks (CIDR) that captures may reach although they are private. For trials only; empty in service.',
    ),
  JIKIMI_CLOCK: optional(z.string().regex(/^\S+@\S+@\d+(\.\d+)?$/)).describe(
    'For the demo only: START@SINCE@SPEED lets the product’s time begin at START and run SPEED times as fast since SINCE.',
  ),
  JIKIMI_LOCK_AFTER: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('Minutes after which the console of somebody who does nothing is locked. The work stays.'),
  JIKIMI_FRESH_FOR: z.coerce
    .number()
    .int()
    .min(1)
    .max(720)
    .default(15)
    .describe(
      'Minutes for which an authentication is good enough to view evidence, to approve and to export.',
    ),
  JIKIMI_IDENTITY_PROVIDERS: z
    .preprocess(
      asJson,
      z
        .array(IdentityProvider)
        .max(40)
        .refine(all => new Set(all.map(each => each.name)).size === all.length, 'each name once'),
    )
    .default([])
    .describe(
      'Identity providers of agencies (OpenID Connect), a JSON list of {name, title: {ko, en}, issuer, clientId, clientSecret, agency?, acr?, amr?}. Needs JIKIMI_PUBLIC_URL.',
    ),
  JIKIMI_LOG: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least level that is logged.'),
})

type Settings = z.infer<typeof settings>

export interface Config {
  readonly dataFolder: string
  readonly host: string
  readonly port: number
  readonly publicUrl: string | undefined
  readonly proxies: readonly string[]
  readonly databaseUrl: string | undefined
  readonly roles: readonly ProgramRole[]
  readonly objects: string
  readonly supportKeysFolder: string
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  readonly mailListen: string | undefined
  readonly browser: string | undefined
  readonly resolvers: readonly string[] | undefined
  readonly rdapUrl: string
  readonly outboundAllow: readonly string[]
  readonly clock: string | undefined
  readonly lockAfterMs: number
  readonly freshForMs: number
  readonly identityProviders: readonly IdentityProvider[]
  readonly logLevel: Settings['JIKIMI_LOG']
}

/** One wrong setting: its name and one line that says what is expected. Never the value: it may be a secret. */
export interface WrongSetting {
  readonly name: string
  readonly line: string
}

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly wrong: readonly WrongSetting[] }

/**
 * Reads the settings from `environment` and from `jikimi.json` in the data folder (or the file named by
 * JIKIMI_CONFIG).
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ReadConfig {
  const fromFile = readFile(environment)
  if ('wrong' in fromFile) return { ok: false, wrong: [fromFile.wrong] }
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in settings.shape && value !== undefined && value !== '',
    ),
  )
  const unknown = Object.keys({ ...environment, ...fromFile.values }).filter(
    name =>
      name.startsWith('JIKIMI_') &&
      name !== 'JIKIMI_CONFIG' &&
      name !== 'JIKIMI_CONFORMANCE' &&
      !(name in settings.shape),
  )
  const read = settings.safeParse({ ...fromFile.values, ...given })
  const wrong = [
    ...unknown.map(name => ({
      name,
      line: `${name} is not a setting. \`jikimi config --explain\` lists them.`,
    })),
    ...(read.success
      ? []
      : read.error.issues.map(issue => wrongSetting(String(issue.path[0] ?? 'settings'), issue.message))),
  ]
  if (!read.success || wrong.length > 0) return { ok: false, wrong }
  // Where a provider sends people back to must not come from the Host header of a request.
  if (read.data.JIKIMI_IDENTITY_PROVIDERS.length > 0 && read.data.JIKIMI_PUBLIC_URL === undefined)
    return { ok: false, wrong: [wrongSetting('JIKIMI_PUBLIC_URL', 'needed for JIKIMI_IDENTITY_PROVIDERS')] }
  return { ok: true, config: configOf(read.data) }
}

function configOf(values: Settings): Config {
  const dataFolder = resolve(values.JIKIMI_DATA)
  return {
    dataFolder,
    host: values.JIKIMI_HOST,
    port: values.JIKIMI_PORT,
    publicUrl: values.JIKIMI_PUBLIC_URL?.replace(/\/+$/, ''),
    proxies: values.JIKIMI_PROXIES,
    databaseUrl: values.DATABASE_URL,
    roles: values.JIKIMI_ROLES,
    objects: values.JIKIMI_OBJECTS ?? join(dataFolder, 'objects'),
    supportKeysFolder: resolve(values.JIKIMI_SUPPORT_KEYS ?? join(dataFolder, 'keys')),
    smtpUrl: values.JIKIMI_SMTP_URL,
    mailFrom: values.JIKIMI_MAIL_FROM,
    mailListen: values.JIKIMI_MAIL_LISTEN,
    browser: values.JIKIMI_BROWSER,
    resolvers: values.JIKIMI_DNS,
    rdapUrl: (values.JIKIMI_RDAP ?? 'https://rdap.org').replace(/\/+$/, ''),
    outboundAllow: values.JIKIMI_OUTBOUND_ALLOW,
    clock: values.JIKIMI_CLOCK,
    lockAfterMs: values.JIKIMI_LOCK_AFTER * minuteMs,
    freshForMs: values.JIKIMI_FRESH_FOR * minuteMs,
    identityProviders: values.JIKIMI_IDENTITY_PROVIDERS,
    logLevel: values.JIKIMI_LOG,
  }
}

function readFile(
  environment: Readonly<Record<string, string | undefined>>,
): { values: Record<string, unknown> } | { wrong: WrongSetting } {
  const path = environment['JIKIMI_CONFIG'] ?? join(environment['JIKIMI_DATA'] || './.jikimi', 'jikimi.json')
  if (!existsSync(path)) {
    if (environment['JIKIMI_CONFIG'] === undefined) return { values: {} }
    return { wrong: { name: 'JIKIMI_CONFIG', line: 'JIKIMI_CONFIG names a file that does not exist.' } }
  }
  try {
    const values: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return { values: z.record(z.string(), z.unknown()).parse(values) }
  } catch {
    return { wrong: { name: 'JIKIMI_CONFIG', line: 'The settings file is not a JSON object of settings.' } }
  }
}

function wrongSetting(name: string, message: string): WrongSetting {
  const shape = settings.shape as Record<string, z.ZodType>
  const meaning = shape[name]?.description ?? ''
  return { name, line: `${name}: ${message}. ${meaning}`.trim() }
}

/** Every setting with its meaning and default, in the order of the schema: what `jikimi config --explain` prints. */
export function explainSettings(): readonly { name: string; meaning: string; default: string | null }[] {
  return Object.entries(settings.shape).map(([name, schema]) => {
    const unset = schema.safeParse(undefined)
    const value: unknown = unset.success ? unset.data : undefined
    return {
      name,
      meaning: schema.description ?? '',
      default: value === undefined ? null : JSON.stringify(value),
    }
  })
}
