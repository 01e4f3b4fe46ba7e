// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';
import { errorCodes } from '../i18n/errorWords';

const root = resolve(import.meta.dirname, '../../..');
const description = resolve(root, 'openapi/openapi.json');

test('schema.d.ts is what `npm run api` makes of openapi.json', async () => {
  const ast = await openapiTS(new URL(`file://${description}`), { silent: true });
  const fresh = COMMENT_HEADER + astToString(ast);
  const kept = await readFile(resolve(import.meta.dirname, 'schema.d.ts'), 'utf8');
  // Not toBe: a difference of five thousand lines helps nobody.
  expect(kept === fresh, 'stale: run `npm run api`').toBe(true);
});

test('every operation has a name of its own, else their types would be taken for one another', async () => {
  const { paths } = JSON.parse(await readFile(description, 'utf8')) as { paths: Record<string, Record<string, { operationId?: string }>> };
  const names = Object.values(paths).flatMap((methods) => Object.values(methods).map((it) => it.operationId));
  expect(new Set(names).size).toBe(names.length);
});

test('every error code of the server has words', async () => {
  const { components } = JSON.parse(await readFile(description, 'utf8')) as { components: { schemas: { ErrorCode: { enum: string[] } } } };
  expect(components.schemas.ErrorCode.enum.filter((code) => !errorCodes.includes(code))).toEqual([]);
});
