/**
 * A site's wishes to those who wander through it (RFC 9309). A look at a known address of a case has its own
 * legal basis and does not ask; a walk from link to link does.
 *
 * @module
 */
interface Rule {
  readonly isAllowed: boolean
  readonly path: string
}

const bytesMax = 500 * 1024
const rulesMax = 2000
const ourName = 'jikimi'

/** Whether the robots.txt `text` lets us fetch `path` (with its query). An unreadable line is passed over. */
export function mayWalk(text: string, path: string): boolean {
  const rules = rulesFor(text.slice(0, bytesMax))
  // The longest match wins; between equals the one that allows (2.2.2).
  const [best] = rules
    .filter(rule => matches(rule.path, path))
    .toSorted(
      (one, other) => other.path.length - one.path.length || Number(other.isAllowed) - Number(one.isAllowed),
    )
  return best?.isAllowed ?? true
}

/** The rules of the group with our name, else of the group for all. */
function rulesFor(text: string): readonly Rule[] {
  const groups = { own: [] as Rule[], all: [] as Rule[] }
  let names: string[] = []
  let isInRules = false
  let hasOwn = false
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? []
    const [field, given] = [key.toLowerCase(), value.trim()]
    if (field === 'user-agent') {
      if (isInRules) names = []
      isInRules = false
      names.push(given.toLowerCase())
      hasOwn ||= given.toLowerCase() === ourName
    }
    if (field !== 'allow' && field !== 'disallow') continue
    isInRules = true
    if (given === '') continue
    const rule = { isAllowed: field === 'allow', path: given }
    if (names.includes(ourName) && groups.own.length < rulesMax) groups.own.push(rule)
    if (names.includes('*') && groups.all.length < rulesMax) groups.all.push(rule)
  }
  return hasOwn ? groups.own : groups.all
}

/** `*` stands for any run of characters, a final `$` for the end (2.2.3). Without backtracking. */
function matches(pattern: string, path: string): boolean {
  const isEnd = pattern.endsWith('$')
  const [first = '', ...rest] = (isEnd ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(first)) return false
  let from = first.length
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1
    if (isEnd && isLast) return path.length - part.length >= from && path.endsWith(part)
    const at = path.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return !isEnd || from === path.length
}
