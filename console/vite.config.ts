import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Connect, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const api = process.env.FUGONG_API ?? 'http://127.0.0.1:8080';

// In production the server answers /gate with gate.html, /m with phone.html and every other page path with index.html;
// the development server does the same here.
function faces(): Plugin {
  const rewrite: Connect.NextHandleFunction = (req, _res, next) => {
    const path = (req.url ?? '/').split('?')[0] ?? '/';
    if (path === '/gate' || path.startsWith('/gate/')) req.url = '/gate.html';
    if (path === '/m' || path.startsWith('/m/')) req.url = '/phone.html';
    next();
  };
  return {
    name: 'fugong-faces',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  };
}

export default defineConfig({
  base: '/',
  plugins: [react(), faces()],
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
  preview: { proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // What reads documents, and what draws maps: one chunk each, loaded when the first document or map is opened.
    chunkSizeWarningLimit: 1100,
    rollupOptions: {
      input: {
        index: resolve(import.meta.dirname, 'index.html'),
        gate: resolve(import.meta.dirname, 'gate.html'),
        phone: resolve(import.meta.dirname, 'phone.html'),
      },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
  },
});
