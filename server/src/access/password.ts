/**
 * Which passwords are refused because others guess them early. Length alone does not say it: `jikimi123456` has
 * twelve characters. Any characters are allowed and none are demanded (ASVS 5.0, 6.2.5; NIST SP 800-63B 3.1.1).
 *
 * @module
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { refuse } from '#platform/refusals'
import { refused } from './errors.ts'

/** Of 0 to 4, by zxcvbn (Wheeler, USENIX Security 2016): from 10^8 guesses on. */
const scoreMin = 3
/** A year and a sign are no secret. */
const restMin = 6

/** Words of this house, which a guesser tries first here (ASVS 5.0, 6.1.2 and 6.2.11). */
const houseWords =
  `jikimi guardian police cyber bureau officer leader commander counsellor kyungchal gyeongchal
  sudae susagwan korea seoul password passphrase 지킴이 경찰청 경찰 사이버 수사관 수사대 수사 팀장 비밀번호`.split(
    /\s+/,
  )

let guesser: Promise<ZxcvbnFactory> | undefined

/** Its 30,000 most used passwords are read at the first question, a tenth of a second: few starts ask. */
async function loaded(): Promise<ZxcvbnFactory> {
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common')
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/**
 * Refuses a password that is among those most used, or made of them, of rows of keys, dates, repetitions; or of
 * nothing but words of this house and `own`: name and e-mail address of whose it is.
 * @throws access.passwordGuessable
 */
export async function refuseGuessable(password: string, own: readonly string[]): Promise<void> {
  guesser ??= loaded()
  const words = own.flatMap(text => [text, ...text.split(/[\s@.]+/)]).filter(word => word.length > 1)
  const known = [...words, ...houseWords].map(word => word.toLowerCase())
  const { score } = (await guesser).check(password, known)
  if (score < scoreMin || isOfWords(password, known)) refuse(refused.passwordGuessable())
}

/** Whether next to nothing stays when the known words are gone: zxcvbn takes several in a row for hard to guess. */
function isOfWords(password: string, known: readonly string[]): boolean {
  const whole = password.toLowerCase()
  const longestFirst = known.toSorted((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ' '), whole)
  return rest !== whole && rest.replaceAll(/\s/g, '').length < restMin
}
