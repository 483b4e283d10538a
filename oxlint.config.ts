/**
 * Style, and the floors of the house: who may import whom. The list of rooms, in the order of the procedure,
 * is the rule; `test/house.test.ts` plants a fault of each kind and expects a refusal.
 */
import { defineConfig } from 'oxlint'

export const rooms = [
  'audit',
  'access',
  'staffing',
  'intake',
  'cases',
  'support',
  'evidence',
  'matching',
  'takedown',
  'blocking',
  'investigation',
  'cooperation',
  'statistics',
]

const sideDoor = {
  regex: '^\\.\\./',
  message: "Another room is entered by its front door: import { … } from '#room'.",
}
const onlyPackages = {
  regex: '^#|^\\.\\./|^@jikimi/server',
  message: 'A package is pure: it imports packages only.',
}
const onlyClient = {
  regex: '^@jikimi/server|server/src',
  message: 'Outsiders know the API and the packages only.',
}
interface Fence {
  readonly regex: string
  readonly message: string
}
const restrict = (...patterns: Fence[]) => ({
  'no-restricted-imports': ['error', { patterns }] as ['error', { patterns: Fence[] }],
})
const outsideClock: ['error', ...{ object: string; property: string; message: string }[]] = [
  'error',
  { object: 'Date', property: 'now', message: 'Time comes from #platform/time.' },
  { object: 'Math', property: 'random', message: 'Randomness comes from #platform/ids.' },
]

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['**/dist/**', '**/node_modules/**', '**/*.gen.ts', 'packages/*/assembly/**'],
  rules: {
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-type-imports': 'error',
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    // Sequences that must be sequential: one mail, one row, one page after the other.
    'no-await-in-loop': 'off',
    'unicorn/no-array-sort': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'no-shadow': 'off',
    'import/no-named-as-default-member': 'off',
    'import/no-named-as-default': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // Workers have no target origin; no page here posts to another window.
    'unicorn/require-post-message-target-origin': 'off',
  },
  overrides: [
    { files: ['packages/**'], rules: restrict(onlyPackages) },
    { files: ['server/src/**'], rules: { 'no-restricted-properties': outsideClock } },
    {
      files: ['server/src/platform/**'],
      rules: restrict(
        sideDoor,
        ...rooms.map(room => ({ regex: `^#${room}$`, message: 'The platform knows no room.' })),
      ),
    },
    { files: ['server/src/platform/{time,ids,trial}.ts'], rules: { 'no-restricted-properties': 'off' } },
    ...rooms.map((room, floor) => ({
      files: [`server/src/${room}/**`],
      rules: restrict(
        sideDoor,
        { regex: '^#procedure$', message: 'The timetable calls the rooms, not the other way round.' },
        ...rooms.slice(floor + 1).map(later => ({
          regex: `^#${later}$`,
          message: `${later} comes after ${room}. Emit an event; procedure.ts says who hears it.`,
        })),
      ),
    })),
    { files: ['web/**', 'cli/**', 'demo/**'], rules: restrict(onlyClient) },
    {
      files: ['**/*.test.ts', '**/*.tsx', 'test/**', 'bench/**', 'demo/**'],
      rules: {
        'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
        'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      },
    },
  ],
})
