import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatePageProvider } from '../context';
import { foreignView } from '../testing';
import type { ForeignView } from '../wire';
import { ForeignDialog } from './ForeignDialog';
import { foreignLines } from './lines';
import type { ForeignAnswer } from './words';

const told = (part: Partial<ForeignView> = {}): ForeignAnswer => ({ kind: 'told', view: foreignView(part) });
const stopped = (part: Partial<ForeignView>): ForeignAnswer => told({ kind: null, issuer: null, holder_name: null, birth_date: null, expires_at: null, ...part });

function show(answer: ForeignAnswer | Promise<ForeignAnswer>) {
  const say = vi.fn();
  const onNext = vi.fn();
  const view = render(<GatePageProvider><ForeignDialog text="HC1:NCF7" ask={async () => answer} say={say} onNext={onNext} /></GatePageProvider>);
  return { say, onNext, view };
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.useRealTimers());

describe('what a guard is told', () => {
  it('of one that stands: whose it is, to be compared, and that it opens nothing', async () => {
    const { say, view } = show(told());
    expect(await screen.findByText('有效')).toBeTruthy();
    const told_ = view.container.textContent;
    for (const words of ['Jane Anyperson', '1961-01-20', '疫苗接种', 'SMART 健康卡', 'https://clinic.example.org/cards', '2030 年 2 月 17 日', '请与证件核对', '不开门']) expect(told_).toContain(words);
    expect(say).toHaveBeenCalledWith('valid');
  });

  it.each([
    ['forged', stopped({ outcome: 'invalid', why: 'forged' }), '无效', '签名不对：伪造或改动过', '不能用', 'invalid'],
    ['revoked', stopped({ outcome: 'invalid', why: 'revoked' }), '无效', '签发方已吊销', '不能用', 'invalid'],
    ['of an unknown issuer', stopped({ outcome: 'cannot_tell', why: 'issuer_unknown' }), '无法核验', '签发方不在信任列表里', '按没有证书办理', 'cannot_tell'],
    ['shown before any list was imported', stopped({ outcome: 'cannot_tell', why: 'issuer_unknown', trust_version: 0 }), '无法核验', '还没有导入信任列表', '按没有证书办理', 'cannot_tell'],
    ['not readable', stopped({ outcome: 'cannot_tell', why: 'unreadable' }), '无法核验', '读不出来，或不完整', '再扫一次', 'cannot_tell'],
    ['shown while the server is away', { kind: 'away' } as ForeignAnswer, '无法核验', '连不上服务器，平板自己验不了', '网络恢复后', 'cannot_tell'],
    ['that the server would not look at', { kind: 'refused', code: 'forbidden' } as ForeignAnswer, '无法核验', '你的账号不能做这件事', '按没有证书办理', 'cannot_tell'],
  ])('of one %s', async (_, answer, word, why, next, said) => {
    const { say, view } = show(answer);
    expect(await screen.findByText(word)).toBeTruthy();
    expect(view.container.textContent).toContain(why);
    expect(view.container.textContent).toContain(next);
    expect(view.container.querySelector('dl')).toBeNull();
    expect(say).toHaveBeenCalledExactlyOnceWith(said);
  });

  it('of one without a readable name: that it is nobody’s for certain', async () => {
    const { view } = show(told({ holder_name: null, birth_date: null, kind: null, expires_at: null }));
    await screen.findByText('有效');
    expect(view.container.textContent).toContain('证书里读不出姓名');
    expect(screen.getAllByText('没有写明')).toHaveLength(3);
  });

  it('in English, too', async () => {
    localStorage.setItem('fugong.gate.settings', JSON.stringify({ lang: 'en', voices: ['en'] }));
    const { view } = show(told({ format: 'dcc', kind: 'test', issuer: 'DE' }));
    expect(await screen.findByText('Valid')).toBeTruthy();
    expect(view.container.textContent).toContain('Compare name and birth date with the document');
    expect(view.container.textContent).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

it('says nothing once it was closed, and never a name', async () => {
  let answer: (it: ForeignAnswer) => void = () => undefined;
  const { say, view } = show(new Promise<ForeignAnswer>((resolve) => { answer = resolve; }));
  expect(screen.getByText('正在核验')).toBeTruthy();
  view.unmount();
  await act(async () => answer(told()));
  expect(say).not.toHaveBeenCalled();
  expect(foreignLines(['zh-CN', 'en'], 'valid').map((it) => it.text)).toEqual(['证书有效。请核对证件', 'Certificate valid. Compare the document']);
});

it('gives way to the next scan, to Esc and to a finger, but not to the Enter of the scan before', async () => {
  const { onNext } = show(told());
  const user = userEvent.setup();
  await screen.findByText('有效');
  await user.keyboard('{Enter} {Enter}');
  expect(onNext).not.toHaveBeenCalled();
  await user.keyboard('R');
  expect(onNext).toHaveBeenLastCalledWith('R');
  await user.keyboard('{Escape}');
  expect(onNext).toHaveBeenLastCalledWith('');
  await user.click(screen.getByRole('button', { name: /扫下一个/ }));
  expect(onNext).toHaveBeenCalledTimes(3);
});

it('does not leave a name on the screen', async () => {
  vi.useFakeTimers();
  const { onNext } = show(told());
  await act(async () => vi.advanceTimersByTime(179_000));
  expect(onNext).not.toHaveBeenCalled();
  await act(async () => vi.advanceTimersByTime(2_000));
  expect(onNext).toHaveBeenCalledExactlyOnceWith('');
});

it('has no faults axe can see', async () => {
  const { view } = show(told());
  await waitFor(() => screen.getByText('有效'));
  const { violations } = await axe.run(view.container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((it) => it.id)).toEqual([]);
});
