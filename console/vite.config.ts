import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Connect, Plugin, Rollup } from 'vite';
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

/** Names in phone.html what the officer's pages load when they are opened, so that the service worker keeps it beforehand. */
function keepDuty(): Plugin {
  return {
    name: 'fugong-keep-duty',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle, filename }) => {
        if (!bundle || !filename.endsWith('phone.html')) return html;
        const chunks = Object.values(bundle).filter((it): it is Rollup.OutputChunk => it.type === 'chunk');
        const duty = chunks.find((it) => it.facadeModuleId?.endsWith('/phone/duty/DutyApp.tsx'));
        if (!duty) throw new Error('no chunk of the officer\'s pages');
        const files = [duty.fileName, ...duty.imports, ...(duty.viteMetadata?.importedCss ?? [])].map((it) => `/${it}`);
        return { html, tags: [{ tag: 'meta', attrs: { name: 'keep', content: files.join(' ') }, injectTo: 'head' }] };
      },
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [react(), faces(), keepDuty()],
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
