// A typed stand-in for the server, for component tests only. Answers must have the type of the route.
import { vi } from 'vitest';
import { ApiError, type ApiErrorBody, type GetRoutes, type PostRoutes } from '../api';

interface Sent { method: string; path: string; query: Record<string, string>; body: unknown; headers: Headers }
type Answer<T> = T | ApiError | ((sent: Sent) => T | ApiError);

export class FakeServer {
  readonly sent: Sent[] = [];
  private readonly answers = new Map<string, Answer<unknown>>();

  constructor() {
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => this.handle(url, init));
  }
  get<P extends keyof GetRoutes & string>(path: P, answer: Answer<GetRoutes[P]['answer']>): this {
    this.answers.set(`GET ${path}`, answer);
    return this;
  }
  post<P extends keyof PostRoutes>(path: P, answer: Answer<PostRoutes[P]['answer']>): this {
    this.answers.set(`POST ${path}`, answer);
    return this;
  }
  sentTo(method: string, path: string): Sent[] {
    return this.sent.filter((it) => it.method === method && it.path === path);
  }

  private async handle(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address, 'http://localhost');
    const path = url.pathname.replace('/api/v1', '');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    const sent: Sent = { method, path, query: Object.fromEntries(url.searchParams), body, headers: new Headers(init.headers) };
    this.sent.push(sent);
    const key = [...this.answers.keys()].find((it) => matches(it, `${method} ${path}`));
    if (!key) return refuse(new ApiError(404, { code: 'not_found' }));
    const answer = this.answers.get(key);
    const value: unknown = typeof answer === 'function' ? (answer as (sent: Sent) => unknown)(sent) : answer;
    if (value instanceof ApiError) {
      if (value.isOffline) throw new TypeError('Failed to fetch');
      return refuse(value);
    }
    return value === undefined ? new Response(null, { status: 204 }) : Response.json(value);
  }
}

function matches(pattern: string, asked: string): boolean {
  return new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked);
}

function refuse(error: ApiError): Response {
  const body: ApiErrorBody = { code: error.code, field: error.field, params: error.params, request_id: 'req_test' };
  return Response.json(body, { status: error.status });
}
