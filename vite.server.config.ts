import { defineConfig } from 'vite';

/**
 * Bundles the server into a few files. Packages stay where they are, but for drizzle-orm: Node reads its very large
 * package.json again for every file of it, which costs 150 MB of memory at start.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: ['drizzle-orm'] },
  build: {
    ssr: true,
    outDir: 'dist/server',
    target: 'node22',
    sourcemap: true,
    emptyOutDir: true,
    rollupOptions: {
      input: {
        main: 'server/main.ts',
        'cli/main': 'server/cli/main.ts',
        'sandbox/main': 'server/sandbox/main.ts',
        'journal-worker': 'server/store/journal-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
});
