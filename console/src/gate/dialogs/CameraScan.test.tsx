import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GatePageProvider } from '../context';
import { CameraScan } from './CameraScan';

/** A browser with a camera, before which a code is held when `hold` is called. */
function camera({ formats = ['qr_code'], kinds = ['videoinput'], refuse = null as DOMException | null } = {}) {
  let code: string | null = null;
  const stop = vi.fn();
  const getUserMedia = vi.fn(async () => {
    if (refuse) throw refuse;
    return { getTracks: () => [{ stop }] };
  });
  vi.stubGlobal('BarcodeDetector', class {
    static getSupportedFormats = async () => formats;
    detect = async () => (code === null ? [] : [{ rawValue: code }]);
  });
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { mediaDevices: { getUserMedia, enumerateDevices: async () => kinds.map((kind) => ({ kind })) } }));
  return { stop, getUserMedia, hold: (text: string) => { code = text; } };
}

function show() {
  const onCode = vi.fn();
  return { onCode, view: render(<GatePageProvider><CameraScan onCode={onCode} /></GatePageProvider>) };
}
const key = () => screen.findByRole('button', { name: '用摄像头扫' });

afterEach(() => vi.unstubAllGlobals());

describe('the camera', () => {
  it('reads one code, and is off then', async () => {
    const { stop, getUserMedia, hold } = camera();
    const { onCode } = show();
    await userEvent.click(await key());
    expect(getUserMedia).toHaveBeenCalledWith({ video: { facingMode: 'environment' } });
    expect(screen.getByLabelText('摄像头画面')).toBeTruthy();
    hold('RW1:NCF7');
    await waitFor(() => expect(onCode).toHaveBeenCalledExactlyOnceWith('RW1:NCF7'));
    await waitFor(() => expect(stop).toHaveBeenCalled());
    expect(screen.queryByLabelText('摄像头画面')).toBeNull();
  });

  it('is off when the dialog closes, or the key is pressed again', async () => {
    const { stop } = camera();
    const first = show();
    await userEvent.click(await key());
    first.view.unmount();
    await waitFor(() => expect(stop).toHaveBeenCalledTimes(1));
    show();
    await userEvent.click(await key());
    await userEvent.click(screen.getByRole('button', { name: '关摄像头' }));
    await waitFor(() => expect(stop).toHaveBeenCalledTimes(2));
    expect(first.onCode).not.toHaveBeenCalled();
  });

  it.each([['NotAllowedError', '没有使用摄像头的权限'], ['NotReadableError', '摄像头打不开']])('says so on %s', async (name, words) => {
    camera({ refuse: new DOMException('', name) });
    show();
    await userEvent.click(await key());
    expect((await screen.findByRole('alert')).textContent).toContain(words);
    expect(screen.queryByLabelText('摄像头画面')).toBeNull();
  });

  it.each([['the browser reads no such codes', { formats: ['ean_13'] }], ['there is no camera', { kinds: ['audioinput'] }]])('is not offered where %s', async (_, lacking) => {
    camera(lacking);
    show();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is not offered where there is no detector', async () => {
    show();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.queryByRole('button')).toBeNull();
  });
});
