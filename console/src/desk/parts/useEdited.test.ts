import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { useEdited } from './useEdited';

interface Server { now: string; version: number }

function open(server: Server) {
  return renderHook(({ now, version }: Server) => useEdited('test', now, version), { initialProps: server });
}

beforeEach(() => localStorage.clear());

describe('what is typed', () => {
  it('stays on this device until it is saved', () => {
    const first = open({ now: 'a', version: 1 });
    act(() => first.result.current.set('b'));
    expect(first.result.current.dirty).toBe(true);
    first.unmount();
    const again = open({ now: 'a', version: 1 });
    expect([again.result.current.value, again.result.current.dirty]).toEqual(['b', true]);
    act(() => again.result.current.saved('b', 2));
    again.unmount();
    const after = open({ now: 'b', version: 2 });
    expect([after.result.current.value, after.result.current.dirty]).toEqual(['b', false]);
  });

  it('is not thrown away when the page has not been read again yet', () => {
    const it = open({ now: 'a', version: 1 });
    act(() => it.result.current.set('b'));
    act(() => it.result.current.saved('b', 2));
    expect([it.result.current.value, it.result.current.version]).toEqual(['b', 2]);
    it.rerender({ now: 'b', version: 2 });
    expect([it.result.current.value, it.result.current.stale]).toEqual(['b', false]);
  });

  it('goes on when only something else of the course has changed', () => {
    const it = open({ now: 'a', version: 1 });
    act(() => it.result.current.set('b'));
    it.rerender({ now: 'a', version: 2 });
    expect([it.result.current.value, it.result.current.version, it.result.current.stale]).toEqual(['b', 2, false]);
  });

  it('is neither lost nor saved unseen over what somebody else has changed', () => {
    const it = open({ now: 'a', version: 1 });
    act(() => it.result.current.set('b'));
    it.rerender({ now: 'theirs', version: 2 });
    expect([it.result.current.value, it.result.current.version, it.result.current.stale]).toEqual(['b', 1, true]);
    act(() => it.result.current.keepMine());
    expect([it.result.current.value, it.result.current.version, it.result.current.stale]).toEqual(['b', 2, false]);
    it.rerender({ now: 'theirs again', version: 3 });
    act(() => it.result.current.takeTheirs());
    expect([it.result.current.value, it.result.current.version, it.result.current.dirty]).toEqual(['theirs again', 3, false]);
  });

  it('follows the server while nothing was typed', () => {
    const it = open({ now: 'a', version: 1 });
    it.rerender({ now: 'theirs', version: 2 });
    expect([it.result.current.value, it.result.current.dirty]).toEqual(['theirs', false]);
  });
});
