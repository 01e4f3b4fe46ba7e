// The pictures of the README: `make pictures`. Not part of the tests.
import { defineConfig } from '@playwright/test';
import { use } from './browser';

export default defineConfig({
  testDir: './pictures',
  outputDir: '../test-results',
  workers: 1,
  timeout: 300_000,
  reporter: [['list']],
  use,
});
