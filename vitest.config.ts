import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/**/*.test.ts',
      'server/**/*.test.ts',
      'cli/**/*.test.ts',
      'demo/**/*.test.ts',
      'web/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // Those that take longer than a change should wait: SLOW=1 npm test -- test/weather
    exclude: ['**/node_modules/**', ...(process.env['SLOW'] === undefined ? ['**/*.slow.test.ts'] : [])],
    // Wide: a machine that does other things too is no fault. Nothing here waits for a time-out to pass.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    globalSetup: ['test/given-database.ts'],
    pool: 'forks',
    // One more than cores: a browser's or a child's test mostly waits.
    maxWorkers: 3,
  },
})
