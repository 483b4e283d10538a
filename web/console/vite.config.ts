import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from '../shared/src/compressed.ts'

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressed()],
  build: {
    // The content policy allows neither data: fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  worker: { format: 'es' },
})
