import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { commandHeaders } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { Role } from '../api/session.types.js';
import { useSession } from '../app/session.js';
import { type Question, useConfirm } from '../ui/confirm.js';
import { NOT_SENT, postUnlessRepeated } from '../ui/form/submissions.js';
import { useToasts } from '../ui/toasts.js';
import { useInOurWords } from './problems.js';

/**
 * Which roles see the button of an act. The server decides; this only keeps buttons away from those whom it
 * would refuse.
 */
const ACTS = {
  charge: ['billing', 'admin'],
  adjust: ['approver', 'admin'],
  reverse: ['billing', 'approver', 'admin'],
  contract: ['billing', 'admin'],
  import: ['billing', 'admin'],
  close: ['billing', 'approver', 'admin'],
  jobs: ['billing', 'admin'],
  clock: ['billing', 'admin'],
  publish: ['billing', 'admin'],
  logins: ['support', 'admin'],
  read: ['billing', 'approver', 'admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Act = keyof typeof ACTS;

export function useMay(): (act: Act) => boolean {
  const { role } = useSession();
  return act => (ACTS[act] as readonly Role[]).includes(role);
}

export interface Asked {
  /** The same of minutes ago, by whomever, is asked about before it is posted once more. */
  readonly asksRepeat?: boolean;
  /** Of lists and figures that are read anew, each by the beginning of its key. */
  readonly changes: readonly QueryKey[];
  /** What is said when it is done, of its answer; "done" without it. */
  readonly done?: string | ((answer: unknown) => string);
}

const saidOf = (done: Asked['done'], answer: unknown): string | undefined =>
  typeof done === 'function' ? done(answer) : done;

/** Reads anew what an act has changed. */
export function useRefresh(): (changes: readonly QueryKey[]) => Promise<void> {
  const client = useQueryClient();
  return async changes => {
    await Promise.all(changes.map(queryKey => client.invalidateQueries({ queryKey })));
  };
}

/**
 * An act behind a button: asks with its consequence and the reason, sends, says how it went.
 * Only for what may be sent twice; money goes through a form, which keeps its key.
 */
export function useAct() {
  const confirm = useConfirm();
  const toasts = useToasts();
  const refresh = useRefresh();
  const inOurWords = useInOurWords();
  return async (
    question: Question,
    { changes, done }: Asked,
    send: (headers: Record<string, string>, reason: string) => Promise<unknown>,
  ): Promise<boolean> => {
    const yes = await confirm({ ...question, reason: true });
    if (!yes) return false;
    try {
      const answer = await send(commandHeaders({ reason: yes.reason }), yes.reason);
      toasts.done(saidOf(done, answer));
      return true;
    } catch (error) {
      toasts.failed(inOurWords(error));
      return false;
    } finally {
      await refresh(changes);
    }
  };
}

/** Of the refusal that asks whether the same is to be posted once more. */
const postedMinutesAgo = (error: unknown): string | null =>
  error instanceof Problem && error.code === 'POSTED_RECENTLY'
    ? (error.body.details?.['minutesAgo'] ?? '0')
    : null;

function useAskRepeat(): (minutes: string) => Promise<boolean> {
  const { t } = useTranslation('staff');
  const confirm = useConfirm();
  return async minutes => {
    const question = {
      title: t('repeat.title'),
      consequence: minutes === '0' ? t('repeat.justNow') : t('repeat.minutesAgo', { minutes }),
      go: t('repeat.go'),
      stay: t('repeat.stay'),
      danger: true,
    };
    return (await confirm(question)) !== null;
  };
}

/**
 * The same for `onSend` of a form: its problems go to its fields. With the form's key, which stays until it
 * has succeeded, or null for what may be sent twice.
 */
export function useSending() {
  const confirm = useConfirm();
  const askRepeat = useAskRepeat();
  const toasts = useToasts();
  const refresh = useRefresh();
  const inOurWords = useInOurWords();
  return async (
    question: Question,
    { changes, done, asksRepeat = false }: Asked,
    key: string | null,
    send: (headers: Record<string, string>, reason: string) => Promise<unknown>,
  ): Promise<unknown> => {
    const yes = await confirm({ ...question, reason: true });
    if (!yes) return NOT_SENT;
    const headers = commandHeaders({ reason: yes.reason, ...(key !== null && { key }) });
    const post = (more: Readonly<Record<string, string>>) => send({ ...headers, ...more }, yes.reason);
    const sent = asksRepeat ? postUnlessRepeated(post, postedMinutesAgo, askRepeat) : post({});
    const answer = await sent.catch(error => {
      throw inOurWords(error);
    });
    if (answer === NOT_SENT) return NOT_SENT;
    toasts.done(saidOf(done, answer));
    await refresh(changes);
    return answer;
  };
}

/** What is read anew after money of an account has moved. */
export const moneyOf = (account: string) =>
  [
    ['balance', account],
    ['history', account],
    ['balance-history', account],
  ] as const;

/** What is read anew after an agreement with a customer has changed. */
export const contractOf = (account: string) => [['account', account], ['accounts']] as const;
