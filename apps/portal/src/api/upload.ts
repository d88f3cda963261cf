import {
  type AnswerOf,
  type Asking,
  addressOf,
  type Command,
  commandHeaders,
  noticed,
  type Path,
} from './client.js';
import { OFFLINE, Problem, problemIn } from './problem.js';

export interface Upload {
  /** Media type of the file, as the route takes it. */
  readonly type: string;
  readonly command: Partial<Command>;
  /** Bytes that have left so far. */
  readonly onProgress?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

const responseOf = (xhr: XMLHttpRequest): Response =>
  new Response(xhr.responseText, {
    status: xhr.status,
    statusText: xhr.statusText,
    headers: { 'Retry-After': xhr.getResponseHeader('Retry-After') ?? '' },
  });

/**
 * Sends a file as the body of a request and tells how far it is: `fetch` cannot say that of what goes out.
 * @throws Problem for every answer that is not 2xx, and when it was given up
 */
export function upload<P extends Path<'POST'>>(
  path: P,
  about: Asking<P, 'POST'>,
  file: Blob,
  { type, command, onProgress, signal }: Upload,
) {
  return new Promise<AnswerOf<P, 'POST'>>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const offline = () => reject(new Problem({ status: 0, code: OFFLINE, detail: '' }));
    xhr.open('POST', addressOf<P, 'POST'>(path, about));
    xhr.setRequestHeader('Content-Type', type);
    for (const [name, value] of Object.entries(commandHeaders(command))) xhr.setRequestHeader(name, value);
    xhr.upload.addEventListener('progress', ({ loaded }) => onProgress?.(loaded));
    xhr.addEventListener('load', () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(JSON.parse(xhr.responseText) as AnswerOf<P, 'POST'>);
      else void problemIn(responseOf(xhr)).then(problem => reject(noticed(problem, path)));
    });
    xhr.addEventListener('error', offline);
    xhr.addEventListener('abort', offline);
    signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(file);
  });
}
