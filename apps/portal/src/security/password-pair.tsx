import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/form/field.js';
import { rulesOf, SYMBOLS } from './password-rules.js';

export interface PasswordPairValues {
  readonly password: string;
  readonly again: string;
}

/** A new password, twice, with its rules as they are met (ACC-16, ACC-17). */
export function PasswordPair({ label }: { label: string }) {
  const { t } = useTranslation(['security', 'frame']);
  return (
    <>
      <div>
        <Field
          name="password"
          type="password"
          label={label}
          required
          autoComplete="new-password"
          maxLength={200}
        />
        <LiveRules />
      </div>
      <Field
        name="again"
        type="password"
        label={t('password.again', { label })}
        required
        autoComplete="new-password"
        maxLength={200}
        rules={{
          validate: (again: string, { password }: Partial<PasswordPairValues>) =>
            again === password || t('password.differ'),
        }}
      />
    </>
  );
}

function LiveRules() {
  const { t } = useTranslation(['security', 'frame']);
  const password = useWatch({ name: 'password' }) as string | undefined;
  return (
    <ul className="rules small" aria-label={t('rules.label')}>
      {rulesOf(password ?? '').map(([rule, met]) => (
        <li key={rule} className={met ? 'met' : undefined}>
          <span className="tick" aria-hidden="true">
            {met ? '✓' : '・'}
          </span>
          {t(`rules.${rule}`, { symbols: [...SYMBOLS].join(' ') })}
          <span className="sr">{t(met ? 'rules.met' : 'rules.open')}</span>
        </li>
      ))}
    </ul>
  );
}
