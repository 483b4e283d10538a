/**
 * Writes docs/errors.md: every refusal with its status and both sentences, from the rooms' own tables.
 *
 *   npm run errors
 */
import { writeFileSync } from 'node:fs'
import '../server/src/routes.ts'
import { declaredRefusals } from '../server/src/platform/refusals.ts'

const rows = [...declaredRefusals()]
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([code, { status, ko, en }]) => `| \`${code}\` | ${status} | ${ko} | ${en} |`)

writeFileSync(
  'docs/errors.md',
  `# Refusals

Every reason why the product says no. A refusal leaves as problem details (RFC 9457) with the code, both sentences and the request's id; a code is never reused. Made by \`npm run errors\` from each room's \`errors.ts\`.

| code | status | 한국어 | English |
|---|---|---|---|
${rows.join('\n')}
`,
)
