import type { ReactNode } from 'react';
import { Field } from './field.js';

export interface PasswordPairValues {
  readonly password: string;
  readonly again: string;
}

interface Props {
  readonly label: string;
  readonly again: string;
  /** Said where the two are not the same. */
  readonly differ: string;
  readonly hint?: string;
  /** Below the first: its rules as they are met. */
  readonly rules?: ReactNode;
}

/** A new password, twice (ACC-16, ACC-17). The server decides whether it is good enough. */
export function PasswordTwice({ label, again, differ, hint, rules }: Props) {
  const common = { type: 'password', required: true, autoComplete: 'new-password', maxLength: 200 } as const;
  const first = <Field name="password" label={label} hint={hint} {...common} />;
  const isSame = (text: string, { password }: Partial<PasswordPairValues>) => text === password || differ;
  return (
    <>
      {rules ? (
        <div>
          {first}
          {rules}
        </div>
      ) : (
        first
      )}
      <Field name="again" label={again} rules={{ validate: isSame }} {...common} />
    </>
  );
}
