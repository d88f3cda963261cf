import { createContext, type FormEvent, type ReactNode, useContext, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { cutAt, isWithin } from './form/text-length.js';

/** Characters of a reason, as the server counts them. */
const MAX_REASON = 500;

export interface Question {
  /** What is about to happen: "Close October 2026". */
  readonly title: string;
  /** What it does, so that nobody has to guess; figures belong in here. */
  readonly consequence: ReactNode;
  /** Text of the button that does it; a verb. */
  readonly go?: string;
  /** It cannot be undone, or it takes something away. */
  readonly danger?: boolean;
  /** Staff change something: they say why (`X-Reason`). */
  readonly reason?: boolean;
  /** Text of the button that does not do it. */
  readonly stay?: string;
}

/** What was answered: null, or the reason (empty when none was asked for). */
type Ask = (question: Question) => Promise<{ readonly reason: string } | null>;

const Context = createContext<Ask | null>(null);

/**
 * Asks before something happens: `const yes = await confirm({ title, consequence, reason: true });
 * if (yes) await send(yes.reason)`. Null when the person thought better of it.
 */
export function useConfirm(): Ask {
  const ask = useContext(Context);
  if (!ask) throw new Error('used outside of ConfirmProvider');
  return ask;
}

interface Open extends Question {
  readonly answer: (given: { readonly reason: string } | null) => void;
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Open | null>(null);
  const ask: Ask = question => new Promise(answer => setOpen({ ...question, answer }));
  const end = (given: { readonly reason: string } | null) => {
    open?.answer(given);
    setOpen(null);
  };
  return (
    <Context value={ask}>
      {children}
      <ModalOverlay className="veil" isOpen={open !== null} onOpenChange={isOpen => !isOpen && end(null)}>
        <Modal className="dialog">
          <Dialog role="alertdialog">{open && <Asked question={open} end={end} />}</Dialog>
        </Modal>
      </ModalOverlay>
    </Context>
  );
}

function Asked({ question, end }: { question: Question; end: Open['answer'] }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const given = reason.trim();
    if (question.reason && given === '') setWrong(t('confirm.reasonMissing'));
    else if (!isWithin(given, MAX_REASON)) setWrong(t('form.tooLong', { most: MAX_REASON }));
    else end({ reason: given });
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <Heading slot="title">{question.title}</Heading>
      <div className={question.danger ? 'consequence danger' : 'consequence'}>{question.consequence}</div>
      {question.reason && (
        <div className="field">
          <label htmlFor="confirm-reason">{t('confirm.reason')}</label>
          <p className="hint" id="confirm-reason-hint">
            {t('confirm.reasonHint')}
          </p>
          <textarea
            id="confirm-reason"
            className="input"
            required
            maxLength={cutAt(MAX_REASON)}
            aria-invalid={wrong !== ''}
            aria-describedby="confirm-reason-hint confirm-reason-wrong"
            value={reason}
            onChange={event => {
              setReason(event.target.value);
              setWrong('');
            }}
          />
          <p className="wrong" id="confirm-reason-wrong" role="alert">
            {wrong}
          </p>
        </div>
      )}
      <div className="buttons">
        <button type="button" className="button" onClick={() => end(null)}>
          {question.stay ?? t('confirm.cancel')}
        </button>
        <button type="submit" className={question.danger ? 'button danger' : 'button primary'}>
          {question.go ?? t('confirm.go')}
        </button>
      </div>
    </form>
  );
}
