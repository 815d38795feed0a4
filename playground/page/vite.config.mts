import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The address of a running demo, for work on the page with `npx vite playground/page`. */
const DEMO = 'http://127.0.0.1:4400';

/** The page of the demo. The demo builds it in a second when it starts, and serves it. */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/playground': DEMO,
      '/buka': DEMO,
      '/demo': DEMO,
    },
  },
});
