import type { IncomingMessage } from 'node:http';
import { badField, Problem } from './problem.js';

/** A JSON body holds one command; files are streamed and have limits of their own. */
const JSON_BYTES_MAX = 256 * 1024;

export const isJson = (request: IncomingMessage): boolean =>
  /^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');

const tooLarge = (): Problem =>
  new Problem(413, 'BODY_TOO_LARGE', `a JSON body has at most ${JSON_BYTES_MAX} bytes`);

/** All bytes of a body, unless there are too many. */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (settle: () => void): void => {
      request.off('data', take).off('end', whole).off('close', broken).off('error', refuse);
      settle();
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > JSON_BYTES_MAX) refuse(tooLarge());
      else chunks.push(chunk);
    };
    const whole = (): void => end(() => resolve(Buffer.concat(chunks)));
    const refuse = (error: Error): void => end(() => reject(error));
    const broken = (): void => refuse(badField('body', 'broke off before its end', 'BODY_INCOMPLETE'));
    request.on('data', take).on('end', whole).on('close', broken).on('error', refuse);
  });
}

/**
 * The JSON value of a body; undefined for a request without one.
 * @throws Problem 400 for what is no JSON, 413, 415 for another encoding than UTF-8
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = request.headers;
  const charset = /;\s*charset="?([^";]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset.trim()) || coding.toLowerCase() !== 'identity')
    throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'send the body as plain UTF-8');
  if (Number(request.headers['content-length'] ?? '0') > JSON_BYTES_MAX) throw tooLarge();
  const bytes = await bytesOf(request);
  if (bytes.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not UTF-8, not JSON, or too deep: what was sent is not repeated.
  }
  throw badField('body', 'is not valid JSON', 'INVALID_JSON');
}
