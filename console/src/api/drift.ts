// Checked by the compiler alone: every address and answer of routes.ts is one the server describes. Nothing runs.
import type { GetRoutes, PatchRoutes, PostRoutes, PutRoutes, DeleteRoutes } from './routes';
import type { paths } from './schema';
import type { Whole } from './types';

type Described = keyof paths;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Address<P extends string> = `/api/v1${P}`;
type Operation<P extends string, M extends Method> = Address<P> extends Described ? paths[Address<P>][M & keyof paths[Address<P>]] : never;
type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Whole<Body> : undefined;
type Answer<Op> = Op extends { responses: infer All } ? Json<All[keyof All & (200 | 201 | 202 | 204)]> : never;

/** The addresses the server does not know, or whose answer is not what routes.ts says. */
type Strays<Routes, M extends Method> = {
  [P in keyof Routes & string]: [Operation<P, M>] extends [never | undefined]
    ? P
    : Routes[P] extends { answer: infer Said }
      ? Said extends Answer<Operation<P, M>> ? never : P
      : P;
}[keyof Routes & string];

type None<T extends never> = T;
export type Checked = [
  None<Strays<GetRoutes, 'get'>>,
  None<Strays<PostRoutes, 'post'>>,
  None<Strays<PatchRoutes, 'patch'>>,
  None<Strays<PutRoutes, 'put'>>,
  None<Strays<DeleteRoutes, 'delete'>>,
];
