import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import type { Command } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { type Question, useConfirm } from './confirm.js';
import { Form, type FormProps } from './form/form.js';
import { NOT_SENT, postUnlessRepeated } from './form/submissions.js';
import { useToasts } from './toasts.js';

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
  /** A refusal as they read it, at the field that it is about. */
  readonly inWords: (error: unknown) => unknown;
  /** Around what is sent: a proof that it is they. */
  readonly around?: <Answer>(send: () => Promise<Answer>) => Promise<Answer>;
  /** What they are asked where the same was posted minutes ago. */
  readonly repeated?: (minutes: string) => Question;
}

/** Reads anew what an act has changed. */
export function useRefresh(): (changes: readonly QueryKey[]) => Promise<void> {
  const client = useQueryClient();
  return async changes => {
    await Promise.all(changes.map(queryKey => client.invalidateQueries({ queryKey })));
  };
}

/** Of the refusal that asks whether the same is to be posted once more. */
const postedMinutesAgo = (error: unknown): string | null =>
  error instanceof Problem && error.code === 'POSTED_RECENTLY'
    ? (error.body.details?.['minutesAgo'] ?? '0')
    : null;

/**
 * Does an act: asks, sends, says that it is done, reads anew what it has changed.
 * @returns the doing; it gives the answer, or NOT_SENT when somebody thought better of it
 */
function useDoing({ reason = false, inWords, around = send => send(), repeated }: Manners) {
  const confirm = useConfirm();
  const toasts = useToasts();
  const refresh = useRefresh();
  const askRepeat = async (minutes: string) =>
    repeated !== undefined && (await confirm(repeated(minutes))) !== null;
  const sent = <Answer,>(act: Act<Answer>, command: Command) => {
    const post = (asksRepeat: boolean) => around(() => act.send({ ...command, asksRepeat }));
    return act.asksRepeat ? postUnlessRepeated(post, postedMinutesAgo, askRepeat) : post(false);
  };
  return async <Answer,>(begin: () => Act<Answer> | Promise<Act<Answer>>, key: string) => {
    try {
      const { ask, ...act } = await begin();
      const yes = ask ? await confirm({ ...ask, reason }) : { reason: '' };
      const answer = yes ? await sent(act, { ...yes, key }) : NOT_SENT;
      if (answer === NOT_SENT) return NOT_SENT;
      toasts.done(typeof act.done === 'function' ? act.done(answer) : act.done);
      await refresh(act.changes);
      await act.after?.(answer);
      return answer;
    } catch (error) {
      throw inWords(error);
    }
  };
}

export interface ActFormProps<Values extends FieldValues, Answer> extends Omit<FormProps<Values>, 'onSend'> {
  readonly manners: Manners;
  /** What is done with what was entered; looked through before it is asked about, it may take a while. */
  readonly act: (values: Values) => Act<Answer> | Promise<Act<Answer>>;
}

/**
 * A form that does something to the records. Its key is the same for every try until one has succeeded; a
 * refusal stands at the field that it is about.
 */
export function ActForm<Values extends FieldValues, Answer>(props: ActFormProps<Values, Answer>) {
  const { manners, act, ...form } = props;
  const doing = useDoing(manners);
  return <Form {...form} onSend={(values: Values, key) => doing(() => act(values), key)} />;
}

/**
 * An act without a form: its refusal is said in a corner. Only for what may be sent twice; money goes through
 * a form, which keeps its key.
 */
export function useAct(manners: Manners) {
  const doing = useDoing(manners);
  const toasts = useToasts();
  const refresh = useRefresh();
  return <Answer,>(act: Act<Answer>): Promise<unknown> =>
    doing(() => act, crypto.randomUUID()).catch(async error => {
      toasts.failed(error);
      await refresh(act.changes);
    });
}

export interface ActButtonProps<Answer> extends Act<Answer> {
  readonly manners: Manners;
  readonly children: ReactNode;
  /** Said of the button to those who hear the page: it names what it acts on. */
  readonly label?: string;
  readonly large?: boolean;
  readonly danger?: boolean;
}

/** An act behind a button. */
export function ActButton<Answer>(props: ActButtonProps<Answer>) {
  const { manners, children, label, large = false, danger = false, ...act } = props;
  const doing = useAct(manners);
  const looks = `button${large ? '' : ' small'}${danger ? ' danger' : ''}`;
  return (
    <button type="button" className={looks} aria-label={label} onClick={() => void doing(act)}>
      {children}
    </button>
  );
}
