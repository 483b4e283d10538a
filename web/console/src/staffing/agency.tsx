import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useLanguage, useWords } from '../language.tsx'
import * as staffing from './api.ts'
import type { Agency } from './api.ts'
import { words } from './words.ts'

const none: readonly Agency[] = []

export function useAgencies(): readonly Agency[] {
  return (
    useQuery({ queryKey: ['staffing', 'agencies'], queryFn: staffing.agencies, staleTime: Infinity }).data ??
    none
  )
}

/** The name of an agency by its code, without the word for police agency; the head office where there is none. */
export function useAgencyName(): (code: string | null) => string {
  const agencies = useAgencies()
  const language = useLanguage()
  const say = useWords(words)
  const headOffice = say('headOffice')
  return useCallback(
    code => (code === null ? headOffice : (agencies.find(each => each.code === code)?.[language] ?? code)),
    [agencies, language, headOffice],
  )
}
