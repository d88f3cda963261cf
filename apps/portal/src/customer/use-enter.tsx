import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccount, useReadOnly, useSessionActs } from '../app/session.js';
import { useConfirm } from '../ui/confirm.js';
import { useToasts } from '../ui/toasts.js';

/** Where somebody goes down to (ACC-12). */
export interface Lower {
  readonly circle?: string;
  readonly unique?: string;
  readonly name: string;
}

/** Goes down to the pages of a circle or unique. Staff say why, as it is recorded. */
export function useEnter(): (to: Lower) => void {
  const { t } = useTranslation('customer');
  const account = useAccount();
  const isReadOnly = useReadOnly();
  const { enter } = useSessionActs();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const toasts = useToasts();
  const go = async ({ name, ...where }: Lower) => {
    if (isReadOnly) {
      const label = t('circles.enterLabel', { name });
      const yes = await confirm({ title: label, consequence: `${account} ${name}`, reason: true });
      if (!yes) return;
      await enter({ account, ...where }, yes.reason);
    } else {
      await enter(where);
    }
    await navigate({ to: '/' as never });
  };
  return to => void go(to).catch(toasts.failed);
}

/** The way down, as a row of a table has it. */
export function EnterButton({ to }: { to: Lower }) {
  const { t } = useTranslation('customer');
  const enter = useEnter();
  const label = t('circles.enterLabel', { name: to.name });
  return (
    <button type="button" className="button small" aria-label={label} onClick={() => enter(to)}>
      {t('circles.enter')}
    </button>
  );
}
