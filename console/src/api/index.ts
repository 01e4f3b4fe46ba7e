export * from './client';
export * from './door';
export * from './error';
export * from './live';
export type * from './routes';
export type * from './types';
