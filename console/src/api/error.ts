import type { ApiErrorBody } from './types';

/** A request the server refused, or that never reached it (`status` 0, code `offline`). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly params: Record<string, string>;
  readonly requestId: string;

  constructor(status: number, body: Partial<ApiErrorBody>) {
    super(body.code ?? 'internal');
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? 'internal';
    this.field = body.field ?? null;
    this.params = body.params ?? {};
    this.requestId = body.request_id ?? '';
  }

  static offline(): ApiError {
    return new ApiError(0, { code: 'offline' });
  }

  get isOffline(): boolean {
    return this.code === 'offline';
  }

  /** Nobody knows whether it was done: the same write may be sent again with the same key. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError;
}
