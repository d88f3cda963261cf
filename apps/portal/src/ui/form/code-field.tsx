import { Field } from './field.js';

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** Said where it is no six half-width digits (AUT-04). */
  readonly malformed: string;
}

/** A code of six digits, as it came to a telephone or stands in an app. */
export const CodeField = ({ label, hint, malformed }: Props) => (
  <Field
    name="code"
    label={label}
    hint={hint}
    required
    inputMode="numeric"
    autoComplete="one-time-code"
    maxLength={6}
    className="digits"
    rules={{ pattern: { value: /^[0-9]{6}$/, message: malformed } }}
  />
);
