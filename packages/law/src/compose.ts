/**
 * Notices: from checked fields to subject and text. A notice carries no identity of the victim, asks that it
 * not be republished, and its subject line names neither a person nor an address. Media are never attached.
 */
import { english } from './notice-english.ts'
import { korean } from './notice-korean.ts'
import {
  faultsOf,
  InvalidNotice,
  type ComposedNotice,
  type NoticeFields,
  type NoticeLanguage,
} from './notice.ts'
import type { RegimeName } from './regimes.ts'

/**
 * Writes the notice under `regime`. In `both` languages the Korean text stands first.
 * @throws InvalidNotice naming what is missing
 */
export function composeNotice(
  regime: RegimeName,
  fields: NoticeFields,
  language: NoticeLanguage,
): ComposedNotice {
  const faults = faultsOf(regime, fields)
  if (faults.length > 0) throw new InvalidNotice(faults)
  if (language === 'ko') return korean(regime, fields)
  if (language === 'en') return english(regime, fields)
  const [ko, en] = [korean(regime, fields), english(regime, fields)]
  return { subject: `${ko.subject} / ${en.subject}`, text: `${ko.text}\n\n${'─'.repeat(40)}\n\n${en.text}` }
}
