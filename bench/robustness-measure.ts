import {
  bankWindows,
  distance,
  featureBank,
  featuresOf,
  matchForms,
  pdq,
  queryForms,
  suspects,
  tierReviewMax,
  tierVerified,
  verifyFeatures,
  type BankWindow,
  type FeatureBank,
  type Features,
  type Fingerprint,
  type Matched,
  type Pixels,
  type QueryForm,
} from '@jikimi/fingerprint'

/** A picture with what it shows; `name` also says from where it is. */
export interface Original {
  readonly name: string
  readonly pixels: Pixels
}

/** What a bank that holds the picture keeps of it. */
export interface Stored {
  readonly name: string
  readonly hash: Fingerprint
  readonly light: readonly BankWindow[]
  /** Same aspect, free aspect and small rotations, all of them. */
  readonly dense: readonly BankWindow[]
  readonly features: Features
}

export interface Asked {
  readonly hash: Fingerprint
  readonly wide: readonly QueryForm[]
  readonly features: Features
}

/** Without `withDense` the many windows are left out: they take most of the time. */
export function stored({ name, pixels }: Original, withDense = true): Stored {
  const light = bankWindows(pixels)
  const dense = !withDense
    ? []
    : [
        ...bankWindows(pixels, 'same-aspect'),
        ...bankWindows(pixels, 'free-aspect'),
        ...bankWindows(pixels, 'turned'),
      ]
  return { name, hash: pdq(pixels).hash, light, dense, features: featuresOf(pixels) }
}

export function asked(pixels: Pixels): Asked {
  return {
    hash: pdq(pixels).hash,
    wide: queryForms(pixels, 'wide'),
    features: featuresOf(pixels),
  }
}

/** How a query may be answered: columns of the table. "Acts" is the strong tier or a verified one. */
export const ways = [
  'plain ≤ 31',
  'plain ≤ 60',
  'query side, acts',
  'query side',
  '+ light, acts',
  '+ light',
  '+ dense, acts',
  '+ dense',
  'light + verifier, acts',
  'light + verifier',
  'all',
] as const
export type Way = (typeof ways)[number]
export type Answers = Record<Way, boolean>

/** Whether one stored picture answers the query, each way; `isSuspected` says whether the features proposed it. */
export function answers(query: Asked, held: Stored, isSuspected: boolean, withDense = true): Answers {
  const plain = distance(query.hash, held.hash)
  const whole = matchForms(query.wide, held.light.slice(0, 1))
  const light = matchForms(query.wide, held.light)
  const dense = withDense ? matchForms(query.wide, held.dense) : undefined
  const verified =
    isSuspected || light !== undefined ? verifyFeatures(query.features, held.features) : undefined
  const tier = tierVerified(light, verified, query.features, held.features)
  const acts = (...found: (Matched | undefined)[]) => found.some(match => match?.tier === 'strong')
  const any = (...found: (Matched | undefined)[]) => found.some(match => match !== undefined)
  return {
    'plain ≤ 31': plain <= 31,
    'plain ≤ 60': plain <= tierReviewMax,
    'query side, acts': acts(whole),
    'query side': any(whole),
    '+ light, acts': acts(light),
    '+ light': any(light),
    '+ dense, acts': acts(light, dense),
    '+ dense': any(light, dense),
    'light + verifier, acts': tier === 'strong',
    'light + verifier': tier !== 'none',
    all: any(light, dense) || tier !== 'none',
  }
}

export function bankOf(held: readonly Stored[]): FeatureBank<string> {
  return featureBank(held.map(({ name, features }) => ({ id: name, features })))
}

export function suspected(bank: FeatureBank<string>, { features }: Asked): Set<string> {
  return new Set(suspects(bank, features).map(({ id }) => id))
}

/** Median milliseconds of each step over some pictures; the machine's other work is in them. */
export function costs(pixels: readonly Pixels[]): Record<string, number> {
  const features = pixels.map(featuresOf)
  const bank = featureBank(features.map((one, id) => ({ id, features: one })))
  const steps: Record<string, (i: number) => unknown> = {
    pdq: i => pdq(pixels[i]!),
    'queryForms base': i => queryForms(pixels[i]!),
    'queryForms wide': i => queryForms(pixels[i]!, 'wide'),
    'bankWindows light': i => bankWindows(pixels[i]!),
    'bankWindows same-aspect': i => bankWindows(pixels[i]!, 'same-aspect'),
    'bankWindows free-aspect': i => bankWindows(pixels[i]!, 'free-aspect'),
    'bankWindows turned': i => bankWindows(pixels[i]!, 'turned'),
    featuresOf: i => featuresOf(pixels[i]!),
    suspects: i => suspects(bank, features[i]!),
    'verifyFeatures, a pair': i => verifyFeatures(features[i]!, features[(i + 1) % pixels.length]!),
  }
  return Object.fromEntries(
    Object.entries(steps).map(([name, step]) => {
      const taken = pixels.map((_, i) => {
        const from = performance.now()
        step(i)
        return performance.now() - from
      })
      return [name, taken.toSorted((a, b) => a - b)[taken.length >> 1]!]
    }),
  )
}
