import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { useProblemText } from './problem-text.js';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
}

export interface ToastActs {
  /** Says that something is done; it goes away by itself. */
  done(text?: string): void;
  /** Says why something was not done; it stays until it is closed. Fit for `.catch(toasts.failed)`. */
  failed(error: unknown): void;
}

const SHOWN_MS = 6_000;
const AT_MOST = 4;
const Context = createContext<ToastActs | null>(null);

/** Short messages in a corner, read out as they come. */
export function useToasts(): ToastActs {
  const acts = useContext(Context);
  if (!acts) throw new Error('used outside of Toasts');
  return acts;
}

let last = 0;

export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const close = (id: number) => setShown(before => before.filter(toast => toast.id !== id));
  const acts = useMemo<ToastActs>(() => {
    const show = (text: string, bad: boolean): number => {
      last += 1;
      const toast = { id: last, text, bad };
      setShown(before => [...before.slice(1 - AT_MOST), toast]);
      return toast.id;
    };
    return {
      done: text => {
        const id = show(text ?? t('toast.done'), false);
        setTimeout(() => setShown(before => before.filter(toast => toast.id !== id)), SHOWN_MS);
      },
      failed: error => {
        const code = error instanceof Problem && error.status > 0 ? ` (${error.code})` : '';
        show(`${textOf(error)}${code}`, true);
      },
    };
  }, [t, textOf]);
  return (
    <Context value={acts}>
      {children}
      <section className="toasts" aria-label={t('toast.region')} aria-live="polite">
        {shown.map(toast => (
          <div key={toast.id} className={toast.bad ? 'toast bad' : 'toast'}>
            <span role={toast.bad ? 'alert' : undefined}>{toast.text}</span>
            <button type="button" className="button quiet small" onClick={() => close(toast.id)}>
              {t('toast.close')}
            </button>
          </div>
        ))}
      </section>
    </Context>
  );
}
