import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api';
import { renderDesk } from '../test/render';
import { family, useSubmit, type Submit } from './data';

function harness(outcomes: (ApiError | string)[]) {
  const keys: string[] = [];
  const held: { current: Submit<{ name: string }, string> | null } = { current: null };
  function Form() {
    held.current = useSubmit<{ name: string }, string>(async (_, key) => {
      keys.push(key);
      const outcome = outcomes.shift() ?? 'done';
      if (outcome instanceof ApiError) throw outcome;
      return outcome;
    });
    return null;
  }
  renderDesk(<Form />);
  const submit = async (name: string) => act(async () => void (await held.current?.submit({ name })));
  return { keys, submit, error: () => held.current?.error ?? null };
}

describe('a form that is submitted again', () => {
  it('reuses its key while nobody knows whether the first try arrived', async () => {
    const form = harness([ApiError.offline(), new ApiError(503, { code: 'unavailable' }), 'done']);
    await form.submit('江滨');
    expect(form.error()?.code).toBe('offline');
    await form.submit('江滨');
    await form.submit('江滨');
    expect(new Set(form.keys).size).toBe(1);
    expect(form.error()).toBeNull();
  });

  it('takes a new key when the values changed', async () => {
    const form = harness([ApiError.offline()]);
    await form.submit('江滨');
    await form.submit('江滨二厂');
    expect(new Set(form.keys).size).toBe(2);
  });

  it('takes a new key after a clear refusal and after success', async () => {
    const form = harness([new ApiError(422, { code: 'taken', field: 'name' }), 'done']);
    await form.submit('江滨');
    await form.submit('江滨');
    await form.submit('江滨');
    expect(new Set(form.keys).size).toBe(3);
  });
});

it('invalidates by the first word of the address', () => {
  expect([family('/people/{id}/facts'), family('/gate-rules/versions')]).toEqual(['people', 'gate-rules']);
});
