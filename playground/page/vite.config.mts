import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where a running demo answers while the page itself is developed with `npx vite playground/page`. */
const DEMO = 'http://127.0.0.1:4400';

/** The page of the demo. It is built in a second at the start of the demo, and served by it. */
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
