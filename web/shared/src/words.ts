/**
 * Words in Korean and English. A word that one language lacks does not compile.
 *
 * @module
 */
export const languages = ['ko', 'en'] as const
export type Language = (typeof languages)[number]

export type Dictionary<K extends string> = Readonly<Record<Language, Readonly<Record<K, string>>>>
export type Values = Readonly<Record<string, string | number>>

/** Declares a part of the product's words; both languages must have the same keys. */
export function dictionary<const T extends Record<string, string>>(
  ko: T,
  en: { readonly [K in keyof T]: string },
): Dictionary<keyof T & string> {
  return { ko, en }
}

/** The word `key`, with `{name}` replaced by `values.name`. */
export function say<K extends string>(
  words: Dictionary<K>,
  language: Language,
  key: K,
  values: Values = {},
): string {
  return words[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** `say` with dictionary and language filled in: what a page has in hand. */
export function sayer<K extends string>(
  words: Dictionary<K>,
  language: Language,
): (key: K, values?: Values) => string {
  return (key, values) => say(words, language, key, values)
}

/** The language that a browser's list prefers: English only where it stands before Korean; else Korean. */
export function preferred(browserLanguages: readonly string[]): Language {
  const first = browserLanguages.find(each => /^(ko|en)\b/i.test(each))
  return first?.toLowerCase().startsWith('en') ? 'en' : 'ko'
}

const locales = { ko: 'ko-KR', en: 'en-GB' } as const

/** A moment as people say it, as `11월 24일 오후 3:05`; the year only where it is not that of `now`. */
export function sayWhen(language: Language, at: string | Date, now: Date = new Date()): string {
  const moment = new Date(at)
  const isThisYear = moment.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat(locales[language], {
    ...(isThisYear ? {} : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(moment)
}

/** A number with the language's separators. */
export function sayNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(locales[language]).format(value)
}
