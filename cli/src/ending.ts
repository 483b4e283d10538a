/** How a command ends. */
export const ending = { well: 0, badly: 1, wrongUse: 2, outOfReach: 3 } as const

/** Ends the command with one line that says what to do. */
export function endWith(code: (typeof ending)[keyof typeof ending], line: string): never {
  console.error(line)
  process.exit(code)
}

/** True where the person reads Korean, by the machine's language. */
export function readsKorean(environment: NodeJS.ProcessEnv = process.env): boolean {
  const language = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return /^ko($|[_.@-])/i.test(language)
}
