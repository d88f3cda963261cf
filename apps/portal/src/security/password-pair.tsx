import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { PasswordTwice } from '../ui/form/password-twice.js';
import { rulesOf, SYMBOLS } from './password-rules.js';

/** A new password, twice, with its rules as they are met (ACC-16, ACC-17). */
export function PasswordPair({ label }: { label: string }) {
  const { t } = useTranslation(['security', 'frame']);
  const again = t('password.again', { label });
  return <PasswordTwice label={label} again={again} differ={t('password.differ')} rules={<LiveRules />} />;
}

function LiveRules() {
  const { t } = useTranslation(['security', 'frame']);
  const password = useWatch({ name: 'password' }) as string | undefined;
  return (
    <ul className="rules small" aria-label={t('rules.label')}>
      {rulesOf(password ?? '').map(([rule, met]) => (
        <li key={rule} className={met ? 'met' : undefined}>
          <span className="tick" aria-hidden="true">
            {met ? '✓' : '·'}
          </span>
          {t(`rules.${rule}`, { symbols: [...SYMBOLS].join(' ') })}
          <span className="sr">{t(met ? 'rules.met' : 'rules.open')}</span>
        </li>
      ))}
    </ul>
  );
}
