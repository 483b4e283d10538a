/**
 * The language that is chosen now: by the person, else by the browser. Everything that depends on it (words,
 * times, numbers) is asked for here.
 *
 * @module
 */
import {
  languages,
  preferred,
  sayer,
  sayNumber,
  sayWhen,
  type Dictionary,
  type Language,
  type Values,
} from '@jikimi/shared/words.ts'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'

const kept = 'jikimi.language'

interface Chosen {
  readonly language: Language
  readonly choose: (language: Language) => void
}
const LanguageContext = createContext<Chosen>({ language: 'ko', choose: () => {} })

let now: Language = 'ko'
/** For the call layer, which stands outside the tree of components. */
export const languageNow = (): Language => now

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(remembered)
  now = language
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const value = useMemo(
    () => ({
      language,
      choose: (chosen: Language) => {
        localStorage.setItem(kept, chosen)
        setLanguage(chosen)
      },
    }),
    [language],
  )
  return <LanguageContext value={value}>{children}</LanguageContext>
}

function remembered(): Language {
  const choice = localStorage.getItem(kept)
  return languages.find(each => each === choice) ?? preferred(navigator.languages)
}

export const useChosenLanguage = (): Chosen => useContext(LanguageContext)
export const useLanguage = (): Language => useContext(LanguageContext).language

/** The words of a dictionary in the language chosen now. */
export function useWords<K extends string>(words: Dictionary<K>): (key: K, values?: Values) => string {
  return sayer(words, useLanguage())
}

/** Times and numbers as the chosen language writes them. */
export function useSaying() {
  const language = useLanguage()
  return useMemo(
    () => ({
      when: (at: string | Date) => sayWhen(language, at),
      number: (value: number) => sayNumber(language, value),
      /** A pair of sentences or names, as the server sends them. */
      either: (pair: Readonly<Record<Language, string>>) => pair[language],
      span: (ms: number) => saySpan(language, ms),
    }),
    [language],
  )
}

const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
] as const

/** A span of time in its largest unit and the next, as `2일 3시간`. */
function saySpan(language: Language, ms: number): string {
  const said: string[] = []
  let rest = Math.abs(ms)
  for (const [length, unit] of units) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0)
      said.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count))
    if (said.length === 2) break
  }
  return (
    said.join(' ') ||
    new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(0)
  )
}
