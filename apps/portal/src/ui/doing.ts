import type { QueryKey } from '@tanstack/react-query';
import type { Command } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { Question } from './confirm.js';
import { NOT_SENT, postUnlessRepeated } from './form/submissions.js';

/** Something that is done to the records: what is asked before, how it is sent, what follows. */
export interface Act<Answer> {
  /** Told with its consequence before it is done; without it nothing is asked. */
  readonly ask?: Question;
  /** `command` for what takes a reason and a key. */
  readonly send: (command: Command) => Promise<Answer>;
  /** Of lists and figures that are read anew, each by the beginning of its key. */
  readonly changes: readonly QueryKey[];
  /** What is said when it is done, of its answer; "done" without it. */
  readonly done?: string | ((answer: Answer) => string);
  /** What the page does then: shows the answer, goes elsewhere. */
  readonly after?: (answer: Answer) => unknown;
  /** The same of minutes ago, by whomever, is asked about before it is posted once more. */
  readonly asksRepeat?: boolean;
}

/** How a group of people acts. */
export interface Manners {
  /** They say why. */
  readonly reason?: boolean;
  /** Around what is sent: a proof that it is they. */
  readonly around?: <Answer>(send: () => Promise<Answer>) => Promise<Answer>;
  /** What they are asked where the same was posted minutes ago. */
  readonly repeated?: (minutes: string) => Question;
}

/** Of the refusal that asks whether the same is to be posted once more. */
const postedMinutesAgo = (error: unknown): string | null =>
  error instanceof Problem && error.code === 'POSTED_RECENTLY'
    ? (error.body.details?.['minutesAgo'] ?? '0')
    : null;

/** What an act needs of the page it stands on. */
interface Surroundings {
  readonly confirm: (question: Question) => Promise<{ readonly reason: string } | null>;
  readonly done: (text?: string) => void;
  readonly refresh: (changes: readonly QueryKey[]) => Promise<void>;
}

/**
 * Does an act: asks, sends, says that it is done, reads anew what it has changed.
 * @param begin gives the act; what cannot be done at all is thrown by it
 * @param key the Idempotency-Key
 * @returns the answer, or NOT_SENT when somebody thought better of it
 */
export async function perform<Answer>(
  begin: () => Act<Answer> | Promise<Act<Answer>>,
  key: string,
  { reason = false, around = send => send(), repeated }: Manners,
  { confirm, done, refresh }: Surroundings,
): Promise<Answer | typeof NOT_SENT> {
  const isWanted = async (minutes: string) =>
    repeated !== undefined && (await confirm(repeated(minutes))) !== null;
  const { ask, ...act } = await begin();
  const yes = ask ? await confirm({ ...ask, reason }) : { reason: '' };
  if (!yes) return NOT_SENT;
  const post = (asksRepeat: boolean) => around(() => act.send({ ...yes, key, asksRepeat }));
  const answer = await (act.asksRepeat ? postUnlessRepeated(post, postedMinutesAgo, isWanted) : post(false));
  if (answer === NOT_SENT) return NOT_SENT;
  done(typeof act.done === 'function' ? act.done(answer) : act.done);
  await refresh(act.changes);
  await act.after?.(answer);
  return answer;
}
