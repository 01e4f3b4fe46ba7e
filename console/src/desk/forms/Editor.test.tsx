import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError, type FormDefinition, type FormField, type FormView } from '../../api';
import { renderDesk, sessionFor } from '../../test/render';
import { FakeServer } from '../../test/server';
import { Editor } from './Editor';
import { Preview } from './Preview';

const words = (zh: string, en: string) => ({ zh, en });
const field = (key: string, zh: string, change: Partial<FormField> = {}): FormField => ({ key, label: words(zh, key), help: null, takes: { kind: 'yes_no' }, required: { need: 'always' }, shown_when: null, prefill: null, ...change });
const FORM: FormDefinition = {
  sections: [{ key: 'site', title: words('场所', 'Site'), lead: null, shown_when: null, fields: [field('canteen', '有食堂'), field('meals', '每日供餐数', { takes: { kind: 'number', least: 0, most: 9999, unit: null }, shown_when: { is: 'yes', field: 'canteen' } }), field('plan', '防控方案', { takes: { kind: 'files', most: 1 }, required: { need: 'when', condition: { is: 'risk', levels: ['high'] } } })] }],
  pledge: words('属实', 'True'),
};
const view = (change: Partial<FormView> = {}): FormView => ({ version: 3, definition: FORM, note: '', set_by: null, valid_from: null, ...change });
const session = sessionFor('command', ['manage_reopening']);

beforeEach(() => localStorage.clear());

describe('the editor', () => {
  it('says at the field what the server finds, goes there, and publishes once it is mended', async () => {
    const server = new FakeServer()
      .post('/application-forms/faults', ({ body }) => {
        const { definition } = body as { definition: FormDefinition };
        return { faults: definition.sections[0]?.fields[0]?.label.en.trim() === '' ? [{ at: 'canteen', code: 'words' }] : [] };
      })
      .post('/application-forms', view({ version: 4 }));
    renderDesk(<Editor view={view()} />, { session });
    await userEvent.click(screen.getByRole('button', { name: '有食堂' }));
    const english = screen.getByRole('textbox', { name: '题目（英文）' });
    await userEvent.clear(english);
    await userEvent.click(screen.getByRole('button', { name: '1. 场所' }));
    await userEvent.click(screen.getByRole('button', { name: /发布/ }));
    const wrong = await screen.findByRole('textbox', { name: '题目（英文）' });
    await waitFor(() => expect(wrong.getAttribute('aria-invalid')).toBe('true'));
    expect(within(wrong.closest('.edit-row') as HTMLElement).getByRole('alert').textContent).toBe('请填写');
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.type(wrong, 'A canteen');
    await userEvent.click(screen.getByRole('button', { name: /发布/ }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), '改英文');
    await userEvent.click(within(dialog).getByRole('button', { name: '发布' }));
    await waitFor(() => expect(server.sentTo('POST', '/application-forms').map((it) => (it.body as { from_version: number; note: string }))).toMatchObject([{ from_version: 3, note: '改英文' }]));
  }, 60_000);

  it('asks before a move breaks a condition, and takes steps back from the keyboard', async () => {
    new FakeServer().post('/application-forms/faults', { faults: [] });
    renderDesk(<Editor view={view()} />, { session });
    const order = () => [...document.querySelectorAll('.outline-fields .outline-entry')].map((it) => it.textContent);
    await userEvent.click(screen.getByRole('button', { name: '每日供餐数' }));
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('“每日供餐数”何时出现')).toBeTruthy();
    expect(order()[0]).toBe('有食堂');
    await userEvent.click(within(dialog).getByRole('button', { name: '仍然移动' }));
    await waitFor(() => expect(order()[0]).toBe('每日供餐数'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(order()[0]).toBe('有食堂');
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(order()[0]).toBe('每日供餐数');
  });

  it('keeps what was changed on this device, and takes up from there', async () => {
    new FakeServer().post('/application-forms/faults', { faults: [] });
    const first = renderDesk(<Editor view={view()} />, { session });
    await userEvent.click(screen.getByRole('button', { name: '有食堂' }));
    await userEvent.type(screen.getByRole('textbox', { name: '题目（中文）' }), '吗');
    first.unmount();
    renderDesk(<Editor view={view({ version: 4, definition: { ...FORM, pledge: words('改', 'changed') } })} />, { session });
    expect(screen.getByText('刚有人发布了新版本')).toBeTruthy();
    expect(screen.getByRole('button', { name: '有食堂吗' })).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /发布/ }).disabled).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: '保留我改的' }));
    expect(screen.getByText('从第 4 版改起')).toBeTruthy();
  });

  it('cannot publish what nobody could look at', async () => {
    new FakeServer().post('/application-forms/faults', ApiError.offline());
    renderDesk(<Editor view={view()} />, { session });
    await userEvent.click(screen.getByRole('button', { name: '承诺书' }));
    await userEvent.type(screen.getByRole('textbox', { name: '承诺书（中文）' }), '。');
    await userEvent.click(screen.getByRole('button', { name: /发布/ }));
    expect(await screen.findAllByText('现在查不了，请检查网络', {}, { timeout: 15_000 })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

it('is previewed with the applicant’s own rules, and stores nothing', async () => {
  const server = new FakeServer();
  renderDesk(<Preview form={FORM} />, { session });
  expect(screen.getByText('问 2 题，共 3 题')).toBeTruthy();
  expect(screen.getByText('其中必填 1 题')).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: '是' }));
  expect(screen.getByText('问 3 题，共 3 题')).toBeTruthy();
  await userEvent.type(screen.getByRole('spinbutton', { name: '每日供餐数' }), '10000');
  expect(screen.getByRole('alert').textContent).toContain('9,999');
  await userEvent.click(screen.getByRole('button', { name: '清空重试' }));
  expect(screen.getByText('问 2 题，共 3 题')).toBeTruthy();
  expect(server.sent).toEqual([]);
});
