import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useConfirm } from './confirm.js';
import { type Act, type Manners, perform } from './doing.js';
import { Form, type FormProps } from './form/form.js';
import { useToasts } from './toasts.js';

/** Reads anew what an act has changed. */
export function useRefresh(): (changes: readonly QueryKey[]) => Promise<void> {
  const client = useQueryClient();
  return async changes => {
    await Promise.all(changes.map(queryKey => client.invalidateQueries({ queryKey })));
  };
}

function useDoing(manners: Manners) {
  const confirm = useConfirm();
  const { done } = useToasts();
  const refresh = useRefresh();
  return <Answer,>(begin: () => Act<Answer> | Promise<Act<Answer>>, key: string) =>
    perform(begin, key, manners, { confirm, done, refresh });
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
