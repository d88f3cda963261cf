import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import {
  type DefaultValues,
  type FieldValues,
  FormProvider,
  type Path,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../api/client.js';
import { type FieldProblem, fieldErrors } from '../../api/problem.js';
import { useConfirm } from '../confirm.js';
import { useFieldProblemText } from '../problem-text.js';
import { Why } from '../states.js';
import { Submissions } from './submissions.js';

export { NOT_SENT } from './submissions.js';

export interface FormProps<Values extends FieldValues> {
  readonly initial: DefaultValues<Values>;
  /**
   * Sends what was entered; its failure is shown at the field that the problem names, else above the buttons.
   * `key` is the Idempotency-Key of this form: the same for every try until one has succeeded.
   */
  readonly onSend: (values: Values, key: string) => Promise<unknown>;
  readonly go: string;
  readonly children: ReactNode | ((form: UseFormReturn<Values>) => ReactNode);
  /** Beside the button: what else can be done. */
  readonly aside?: ReactNode;
  readonly danger?: boolean;
  /** What was sent is gone from the form: pressed again, it would do the same once more. */
  readonly empties?: boolean;
  /** No question when one leaves with changes: for forms that lose nothing. */
  readonly careless?: boolean;
  readonly className?: string;
}

/**
 * A form: its fields (`Field`), one button, the problem where it belongs, and no silent loss of what was
 * typed.
 */
export function Form<Values extends FieldValues>(props: FormProps<Values>) {
  const { initial, onSend, go, children, aside, danger, className = 'form' } = props;
  const { careless = false, empties = false } = props;
  const form = useForm<Values>({ defaultValues: initial, shouldFocusError: true });
  const [submissions] = useState(() => new Submissions(() => crypto.randomUUID()));
  const [failure, setFailure] = useState<unknown>(null);
  const say = useFieldProblemText();
  const { isSubmitting, isDirty } = form.formState;
  const sent = useRef(false);
  useGuard(() => isDirty && !careless && !sent.current);
  const send = form.handleSubmit(async values => {
    // A second press, faster than the button is switched off.
    if (submissions.isUnderWay) return;
    setFailure(null);
    try {
      sent.current = true;
      const outcome = await submissions.submit(key => onSend(values, key));
      if (outcome === 'sent') form.reset(empties ? initial : values);
    } catch (error) {
      const left = placeProblems(form, error, say);
      setFailure(left ? error : null);
    } finally {
      sent.current = false;
    }
  });
  return (
    <FormProvider {...form}>
      <form className={className} noValidate onSubmit={event => void send(event)}>
        {typeof children === 'function' ? children(form) : children}
        {failure !== null && <FormProblem error={failure} />}
        <div className="buttons">
          <button
            type="submit"
            className={danger ? 'button danger' : 'button primary'}
            disabled={isSubmitting}
            aria-busy={isSubmitting}
          >
            {go}
          </button>
          {aside}
        </div>
      </form>
    </FormProvider>
  );
}

/** Puts each problem at its field. @returns whether something is left that belongs to no field */
function placeProblems<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  say: (problem: FieldProblem) => string,
): boolean {
  const known = new Set(Object.keys(form.getValues()));
  const placed = fieldErrors(error).filter(({ field }) => known.has(field));
  placed.forEach((problem, i) => {
    const field = problem.field as Path<Values>;
    form.setError(field, { type: 'server', message: say(problem) }, { shouldFocus: i === 0 });
  });
  return placed.length === 0;
}

function FormProblem({ error }: { error: unknown }) {
  return (
    <div className="note-box bad" role="alert">
      <Why error={error} />
    </div>
  );
}

/**
 * An Idempotency-Key that stays while the same thing is tried again: a lost answer is no second effect.
 * `renew()` after a success; `because(reason)` for the request.
 */
export function useCommandKey() {
  const [key, setKey] = useState(() => crypto.randomUUID());
  return {
    key,
    renew: () => setKey(crypto.randomUUID()),
    because: (reason: string): Command => ({ key, reason }),
  };
}

/** Asks before what was typed is lost, whether one goes to another page or closes the window. */
function useGuard(isAtRisk: () => boolean): void {
  const { t } = useTranslation();
  const confirm = useConfirm();
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!isAtRisk() || current.pathname === next.pathname) return false;
      const leave = await confirm({
        title: t('form.leave.title'),
        consequence: t('form.leave.text'),
        go: t('form.leave.go'),
        stay: t('form.leave.stay'),
        danger: true,
      });
      return leave === null;
    },
    enableBeforeUnload: isAtRisk,
  });
}
