// The only place with `fetch`. Paths, bodies and answers come from routes.ts.
import { ApiError } from './error';
import type { DeleteRoutes, DownloadPath, GetRoutes, ListPath, Lists, PatchRoutes, PathArgs, PostRoutes, PutRoutes } from './routes';
import type { ApiErrorBody, AttachmentReceived, MediaView, PaperSheet } from './types';
import { uuid } from '../shared/uuid';

export const BASE = '/api/v1';
const RETRY_DELAYS_MS = [400, 1500];

/** A browser may hold a worker's session and an account's at once, each with a token of its own. */
export type Whose = 'worker' | 'account';
const csrfTokens: Record<Whose, string | null> = { worker: null, account: null };
const lostListeners = new Set<(whose: Whose) => void>();

function whoseOf(path: string): Whose {
  return path.startsWith('/me/') ? 'worker' : 'account';
}

/** Every write of a signed-in session carries this; GET/POST /session hand it out. */
export function setCsrfToken(token: string | null, whose: Whose = 'account'): void {
  csrfTokens[whose] = token;
}

/** Called when the server says that a session is over (401 not_signed_in on anything but /session itself). */
export function onSessionLost(listener: (whose: Whose) => void): () => void {
  lostListeners.add(listener);
  return () => void lostListeners.delete(listener);
}

type QueryValues = Record<string, string | number | boolean | null | undefined>;
interface Common { signal?: AbortSignal }
interface WriteCommon extends Common {
  /** Pass the key of an earlier try to send the same write again; without one a new key is made. */
  idempotencyKey?: string;
}
type QueryArg<Q> = Record<never, never> extends Q ? { query?: Q } : { query: Q };
type BodyArg<B> = undefined extends B ? { body?: undefined } : { body: B };
type ReadOptions<P extends keyof GetRoutes> = Common & PathArgs<P> & QueryArg<GetRoutes[P]['query']>;
type WriteOptions<P extends string, R extends { body: unknown; query: unknown }> =
  WriteCommon & PathArgs<P> & QueryArg<R['query']> & BodyArg<R['body']>;
type Optional<O> = Record<never, never> extends O ? [options?: O] : [options: O];

export function get<P extends keyof GetRoutes & string>(path: P, ...[options]: Optional<ReadOptions<P>>): Promise<GetRoutes[P]['answer']> {
  return send('GET', path, (options ?? {}) as SendOptions) as Promise<GetRoutes[P]['answer']>;
}
export function post<P extends keyof PostRoutes>(path: P, ...[options]: Optional<WriteOptions<P, PostRoutes[P]>>): Promise<PostRoutes[P]['answer']> {
  return send('POST', path, (options ?? {}) as SendOptions) as Promise<PostRoutes[P]['answer']>;
}
export function patch<P extends keyof PatchRoutes>(path: P, options: WriteOptions<P, PatchRoutes[P]>): Promise<PatchRoutes[P]['answer']> {
  return send('PATCH', path, options as SendOptions) as Promise<PatchRoutes[P]['answer']>;
}
export function put<P extends keyof PutRoutes>(path: P, options: WriteOptions<P, PutRoutes[P]>): Promise<PutRoutes[P]['answer']> {
  return send('PUT', path, options as SendOptions) as Promise<PutRoutes[P]['answer']>;
}
export function del<P extends keyof DeleteRoutes>(path: P, ...[options]: Optional<WriteOptions<P, DeleteRoutes[P]>>): Promise<DeleteRoutes[P]['answer']> {
  return send('DELETE', path, (options ?? {}) as SendOptions) as Promise<DeleteRoutes[P]['answer']>;
}

/** The address of a download, for an <a href>; the browser streams it to a file. */
export function downloadHref<P extends DownloadPath>(path: P, options: PathArgs<P> & { query?: QueryValues }): string {
  return address(path, options.path, options.query);
}

/** The address that exports exactly what a list shows, or of it only the chosen rows. */
export function exportHref<P extends ListPath>(path: P, filter: Lists[P]['filter'], lang: 'zh' | 'en', format: 'csv' | 'xlsx', ids: string[] = []): string {
  return address(`${path}/export`, {}, { ...(filter as QueryValues), lang, format, ids: ids.join() || undefined });
}

/** Speech from the server, for browsers without a voice of the language. */
export async function speech(lang: 'zh-CN' | 'en', text: string, signal?: AbortSignal): Promise<Blob> {
  const response = await attempt('POST', `${BASE}/speech`, { body: { lang, text }, signal }, uuid());
  return response.blob();
}

/** A sheet set as a PDF. */
export async function paper(sheet: PaperSheet): Promise<Blob> {
  const response = await attempt('POST', `${BASE}/me/paper`, { body: sheet }, uuid());
  return response.blob();
}

interface PartAnswers {
  '/courses/{id}/media/{media_id}/parts': MediaView;
  '/applications/{id}/attachments/{attachment_id}/parts': AttachmentReceived;
}

/** The next part of an upload, sent once: after a failure its sender asks how much is there. */
export async function sendPart<P extends keyof PartAnswers>(path: P, names: PathArgs<P>['path'], offset: number, part: Blob, signal: AbortSignal): Promise<PartAnswers[P]> {
  const headers = { 'Upload-Offset': String(offset) };
  const response = await attempt('PATCH', address(path, names as Record<string, string>), { body: part, headers, signal }, uuid());
  return (await response.json()) as PartAnswers[P];
}

/** A photograph of a visit, under the id that this browser gave it: sent again it is there once. */
export async function sendPhoto(inspection: string, photo: { id: string; item: string; checklist_version: number; taken_at: string; position: { lon_deg: number; lat_deg: number; accuracy_m: number } | null; bytes: ArrayBuffer }): Promise<void> {
  const query = { item: photo.item, taken_at: photo.taken_at, checklist_version: photo.checklist_version, ...photo.position };
  const path = address('/inspections/{id}/photos/{photo_id}/content', { id: inspection, photo_id: photo.id }, query);
  await attempt('POST', path, { body: new Blob([photo.bytes], { type: 'image/jpeg' }) }, uuid());
}

interface SendOptions {
  path?: Record<string, string>;
  query?: QueryValues;
  body?: unknown;
  headers?: Record<string, string>;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

async function send(method: string, path: string, options: SendOptions): Promise<unknown> {
  const url = address(path, options.path, options.query);
  const key = options.idempotencyKey ?? uuid();
  for (let tries = 0; ; tries += 1) {
    try {
      const response = await attempt(method, url, options, key);
      const answer = response.status === 204 ? undefined : ((await response.json()) as unknown);
      rememberCsrf(path, method, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'not_signed_in' && !path.startsWith('/session') && path !== '/me/session') lostListeners.forEach((tell) => tell(whoseOf(path)));
      const delay = RETRY_DELAYS_MS[tries];
      // Reads and writes alike are safe to send again: a write keeps its key.
      // The sign-in doors take no key, so they are sent once.
      const mayRepeat = method === 'GET' || !isKeyless(path);
      if (!error.isUncertain || delay === undefined || !mayRepeat || options.signal?.aborted) throw error;
      await pause(delay);
    }
  }
}

async function attempt(method: string, url: string, options: SendOptions, key: string): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', ...options.headers });
  let body: BodyInit | undefined;
  if (options.body instanceof Blob) {
    headers.set('Content-Type', options.body.type || 'application/octet-stream');
    body = options.body;
  } else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    body = JSON.stringify(options.body);
  }
  if (method !== 'GET') {
    headers.set('Idempotency-Key', key);
    const token = csrfTokens[whoseOf(url.slice(BASE.length))];
    if (token) headers.set('X-CSRF-Token', token);
  }
  let response: Response;
  try {
    response = await fetch(url, { method, headers, body, credentials: 'same-origin', signal: options.signal });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw ApiError.offline();
  }
  if (response.ok) return response;
  throw new ApiError(response.status, await errorBody(response));
}

async function errorBody(response: Response): Promise<Partial<ApiErrorBody>> {
  try {
    return (await response.json()) as Partial<ApiErrorBody>;
  } catch {
    // A proxy in front of the server answers in its own words.
    return { code: response.status >= 502 && response.status <= 504 ? 'unavailable' : 'internal' };
  }
}

function rememberCsrf(path: string, method: string, answer: unknown): void {
  if (path !== '/session' && path !== '/session/pin' && path !== '/me/session') return;
  if (method === 'DELETE') setCsrfToken(null, whoseOf(path));
  else if (answer && typeof answer === 'object' && 'csrf_token' in answer) setCsrfToken(String(answer.csrf_token), whoseOf(path));
}

function isKeyless(path: string): boolean {
  return path === '/session' || path === '/session/pin' || path === '/me/session' || path === '/me/codes' || path.startsWith('/me/phone/') || path === '/gate-enrolments' || path.startsWith('/invitations/');
}

export function address(path: string, names: Record<string, string> = {}, query: QueryValues = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${BASE}${filled}${text ? `?${text}` : ''}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
