import { useTranslation } from 'react-i18next';
import { Field } from './field.js';

/** What the API takes at most; how many characters a login id may have, a policy of the server says. */
const FIELDS = {
  name: { maxLength: 100 },
  loginId: { maxLength: 100 },
  mail: { type: 'email', maxLength: 254 },
  phone: { type: 'tel', maxLength: 30 },
} as const;

interface Props {
  readonly hint?: string;
  readonly required?: boolean;
}
type Named =
  | { readonly name: 'name'; readonly label: string }
  | { readonly name: Exclude<keyof typeof FIELDS, 'name'> };

/** A field of a login that is made for somebody else: a browser fills in nothing of one's own. */
export function LoginField({ hint, required = false, ...of }: Props & Named) {
  const { t } = useTranslation();
  const label = of.name === 'name' ? of.label : t(`login.${of.name === 'loginId' ? 'id' : of.name}`);
  return <Field name={of.name} {...FIELDS[of.name]} {...{ label, hint, required }} autoComplete="off" />;
}
