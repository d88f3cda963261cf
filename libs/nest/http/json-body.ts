import type { IncomingMessage } from 'node:http';
import { problem, rejection } from '#kernel';
import { badField, type Problem, refused } from './problem.js';
import { bodyProblems, httpRefusals } from './refusals.js';

/** A JSON body holds one command; files are streamed and have limits of their own. */
const JSON_BYTES_MAX = 256 * 1024;

export const isJson = (request: IncomingMessage): boolean =>
  /^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');

const tooLarge = (): Problem => refused(rejection(httpRefusals.BODY_TOO_LARGE));

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
    const broken = (): void => refuse(badField('body', problem(bodyProblems.BODY_INCOMPLETE)));
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
    throw refused(rejection(httpRefusals.UNSUPPORTED_MEDIA_TYPE));
  if (Number(request.headers['content-length'] ?? '0') > JSON_BYTES_MAX) throw tooLarge();
  const bytes = await bytesOf(request);
  if (bytes.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not UTF-8, not JSON, or too deep: what was sent is not repeated.
  }
  throw badField('body', problem(bodyProblems.INVALID_JSON));
}
