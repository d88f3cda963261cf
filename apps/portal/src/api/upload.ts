import { csrfHeaders, noticed } from './client.js';
import { OFFLINE, Problem, problemIn } from './problem.js';

export interface Upload {
  /** Media type of the file, as the route takes it. */
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that have left so far. */
  readonly onProgress?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

const fetched = (xhr: XMLHttpRequest): Response =>
  new Response(xhr.responseText, {
    status: xhr.status,
    statusText: xhr.statusText,
    headers: { 'Retry-After': xhr.getResponseHeader('Retry-After') ?? '' },
  });

/**
 * Sends a file as the body of a request and tells how far it is: `fetch` cannot say that of what goes out.
 * @param path below /api/v1
 * @throws Problem for every answer that is not 2xx, and when it was given up
 */
export function upload<Answer>(path: string, file: Blob, { type, headers = {}, ...rest }: Upload) {
  const { onProgress, signal } = rest;
  return new Promise<Answer>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const address = new URL(`/api/v1${path}`, window.location.origin);
    const offline = () => reject(new Problem({ status: 0, code: OFFLINE, detail: '' }));
    xhr.open('POST', address);
    xhr.setRequestHeader('Content-Type', type);
    for (const [name, value] of Object.entries({ ...csrfHeaders(), ...headers })) {
      xhr.setRequestHeader(name, value);
    }
    xhr.upload.addEventListener('progress', ({ loaded }) => onProgress?.(loaded));
    xhr.addEventListener('load', () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(JSON.parse(xhr.responseText) as Answer);
      else void problemIn(fetched(xhr)).then(problem => reject(noticed(problem, address.pathname)));
    });
    xhr.addEventListener('error', offline);
    xhr.addEventListener('abort', offline);
    signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(file);
  });
}
