import type { Response } from 'express';
import { type ToldUnchanged, toldUnchanged } from '#kernel';
import { type Answer, noSuch, type Sought } from '#runtime';
import { refused } from './problem.js';
import { POSITION_HEADER } from './wait.js';

/** What is sent when the wish is so already. */
export interface UnchangedBody extends ToldUnchanged {
  readonly unchanged: true;
}

/**
 * The body of a command's answer; headers tell the position to wait for and whether it is an earlier answer
 * again.
 * @throws Problem for a rejection
 */
export function asBody<Value>(answer: Answer<Value>, response: Response): Value | UnchangedBody {
  switch (answer.kind) {
    case 'rejected':
      throw refused(answer.rejection);
    case 'nothing':
      response.status(200);
      return { unchanged: true, ...toldUnchanged(answer.reason) };
    case 'done':
      response.setHeader(POSITION_HEADER, String(answer.position));
      if (answer.replayed) response.setHeader('Idempotent-Replayed', 'true');
      return answer.value;
  }
}

/**
 * The value of a command whose route always answers with a state; undefined when it was so already.
 * @throws Problem for a rejection
 */
export function decided<Value>(answer: Answer<Value>, response: Response): Value | undefined {
  const body = asBody(answer, response);
  return answer.kind === 'done' ? (body as Value) : undefined;
}

/** @throws Problem 404 when there is none */
export function found<Value>(value: Value | undefined, what: Sought): Value {
  if (value !== undefined) return value;
  throw refused(noSuch(what));
}
