// Journeys against the real binary in Debian's Chromium; run by `make test`, or here with
//   FUGONG_BINARY=../target/debug/fugong npx playwright test -c e2e
import { defineConfig } from '@playwright/test';
import { projects, use } from './browser';

export default defineConfig({
  testDir: './journeys',
  outputDir: '../test-results',
  // One instance and one browser at a time: the machine has two cores and the binary is a debug build.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use,
  projects,
});
