import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const server = process.env.ROLLCALL_DEV_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'web',
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows our own files only, so nothing may become a data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
            { name: 'canvas', test: /node_modules[\\/](@xyflow|@dagrejs|d3-|zustand|zundo)/, priority: 25 },
            { name: 'drag', test: /node_modules[\\/]@dnd-kit/, priority: 25 },
            { name: 'mantine', test: /node_modules[\\/](@mantine|@floating-ui)/, priority: 20 },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack/, priority: 20 },
            // Only pages with a schedule read cron text.
            {
              name: 'schedule',
              test: /node_modules[\\/](croner|cronstrue)|server[\\/]domain[\\/]schedule-times/,
              priority: 25,
            },
            {
              name: 'contract',
              test: /(node_modules[\\/]zod|server[\\/](contract|domain))[\\/]/,
              priority: 20,
            },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: server, ws: true, changeOrigin: false } },
  },
});
