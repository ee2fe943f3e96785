/** Calls the node that served this page. */

/** What went wrong, in the words of the node (RFC 9457), and what to do about it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly detail: string,
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail);
  }
}

/** No answer came: the node is restarting, or the link is down. */
export class Unreachable extends Error {}

/** Tells whether an error is of the kind that may be gone when one asks again. */
export function passes(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    (error instanceof Problem && (error.status >= 500 || error.status === 429))
  );
}

let csrf = '';
let signedOut = () => {};

/** Says what proves that a change comes from this page; the login tells it. */
export function useCsrf(token: string) {
  csrf = token;
}

/** Names whom to tell once the node no longer knows this person. */
export function onSignedOut(listener: () => void) {
  signedOut = listener;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Calls and returns the answer as JSON; throws a Problem or Unreachable. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Reads a text. */
export async function text(path: string): Promise<string> {
  return (await send('GET', path)).text();
}

export const get = <T>(path: string) => call<T>('GET', path);

/** An answer, and by what to ask whether there is a newer one. */
interface Tagged<T> {
  value: T;
  etag: string;
}

/** Reads an answer if it is other than that one, which may be none; undefined if it is not. */
export async function newer<T>(
  path: string,
  etag: string,
  signal?: AbortSignal,
): Promise<Tagged<T> | undefined> {
  const known: Record<string, string> = etag ? { 'If-None-Match': etag } : {};
  const response = await send('GET', path, undefined, known, signal);
  if (response.status === 304) return undefined;
  return { value: (await response.json()) as T, etag: response.headers.get('ETag') ?? '' };
}

async function send(
  method: Method,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  const headers = { ...more };
  if (method !== 'GET') {
    headers['X-Cloudy-Csrf'] = csrf;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch {
    throw new Unreachable();
  }
  if (response.ok || response.status === 304) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && path !== '/v1/login') signedOut();
  throw problem;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = await response.json();
    return new Problem(response.status, String(body.type), String(body.detail), body);
  } catch {
    return new Problem(response.status, '', `${response.status} ${response.statusText}`);
  }
}

/** Returns a path whose parts are values from anywhere. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}
