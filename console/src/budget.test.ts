// @vitest-environment node
// The gate and the phone open within a second: what their pages load at once stays small. Skipped before a build.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = resolve(import.meta.dirname, '../dist');
const BUDGET_BYTES = 250_000;

/** A script and everything it imports before it runs; what is imported later is not counted. */
function closure(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) closure(resolve(path, '..', name ?? ''), seen);
  return seen;
}

test.skipIf(!existsSync(resolve(dist, 'gate.html'))).each(['gate', 'phone'])('the %s loads at most 250 kB of script, compressed', (face) => {
  const page = readFileSync(resolve(dist, `${face}.html`), 'utf8');
  const entries = [...page.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.js)"/g)].map(([, path]) => resolve(dist, path ?? ''));
  expect(entries.length).toBeGreaterThan(0);
  const all = new Set(entries.flatMap((it) => [...closure(it)]));
  const bytes = [...all].reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
  expect(bytes, `${all.size} scripts`).toBeLessThanOrEqual(BUDGET_BYTES);
});
