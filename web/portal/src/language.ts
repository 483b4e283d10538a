import { sayer, type Dictionary, type Language, type Values } from '@jikimi/shared/words.ts'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

export const LanguageContext = createContext<Language>('ko')

export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** The words of a dictionary, in the language that is chosen now. */
export function useWords<K extends string>(words: Dictionary<K>): (key: K, values?: Values) => string {
  return sayer(words, useLanguage())
}
