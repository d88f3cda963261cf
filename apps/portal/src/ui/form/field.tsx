import { type ReactNode, useId, useState } from 'react';
import { type RegisterOptions, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Choices, Options } from '../choices.js';
import { cutAt, isWithin } from './text-length.js';

interface FieldProps {
  /** As the API calls it: problems of this field are shown here. */
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Without it the field says that it is optional. */
  readonly required?: boolean;
  /** It may be empty and does not say so: a record whose columns are edited. */
  readonly unmarked?: boolean;
  /** Further rules of react-hook-form; messages are texts. */
  readonly rules?: RegisterOptions;
  readonly disabled?: boolean;
}

interface InputProps extends FieldProps {
  /** `date`, `month` and `datetime-local` give `2026-10-05`, `2026-10` and `2026-10-05T12:01`. */
  readonly type?:
    | 'text'
    | 'password'
    | 'email'
    | 'tel'
    | 'search'
    | 'date'
    | 'datetime-local'
    | 'month'
    | 'number';
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly className?: string;
}

/** What label, hint and problem need to belong to a control. */
function useField({ name, hint, required, rules, maxLength }: FieldProps & { readonly maxLength?: number }) {
  const { t } = useTranslation();
  const id = useId();
  const { register, getFieldState, formState } = useFormContext();
  const wrong = getFieldState(name, formState).error?.message;
  const registered = register(name, {
    ...(maxLength !== undefined && {
      validate: (text = '') => isWithin(String(text), maxLength) || t('form.tooLong', { most: maxLength }),
    }),
    ...rules,
    ...(required && { required: t('form.required') }),
  } as RegisterOptions);
  return {
    id,
    wrong,
    control: {
      ...registered,
      id,
      'aria-invalid': wrong !== undefined,
      'aria-required': required,
      'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-wrong`,
    },
  };
}

interface LineProps {
  readonly id: string;
  readonly children: ReactNode;
}

const Hint = ({ id, children }: LineProps) =>
  children && (
    <p className="hint" id={`${id}-hint`}>
      {children}
    </p>
  );

/** Said as it comes: it is there before there is anything to say. */
const Wrong = ({ id, children }: LineProps) => (
  <p className="wrong" id={`${id}-wrong`} role="alert">
    {children}
  </p>
);

interface AroundProps extends Pick<FieldProps, 'label' | 'hint' | 'required' | 'unmarked'> {
  readonly id: string;
  readonly wrong: string | undefined;
  readonly children: ReactNode;
}

function Around({ id, label, hint, required, unmarked, wrong, children }: AroundProps) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {!required && !unmarked && <span className="mark">{t('form.optional')}</span>}
      </label>
      <Hint id={id}>{hint}</Hint>
      {children}
      <Wrong id={id}>{wrong}</Wrong>
    </div>
  );
}

/** A line of text, a day or a month. */
export function Field(props: InputProps) {
  const { label, hint, required, unmarked, type = 'text', disabled, ...others } = props;
  const { className = '', rules: _rules, maxLength, ...rest } = others;
  const shown = { ...rest, maxLength: rest.inputMode === 'numeric' ? maxLength : cutAt(maxLength) };
  const { id, wrong, control } = useField(props);
  return (
    <Around id={id} label={label} hint={hint} required={required} unmarked={unmarked} wrong={wrong}>
      {type === 'password' ? (
        <PasswordInput control={{ ...shown, ...control }} className={className} />
      ) : (
        <input className={`input ${className}`} type={type} disabled={disabled} {...shown} {...control} />
      )}
    </Around>
  );
}

function PasswordInput({ control, className }: { control: object; className: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="with-button">
      <input
        className={`input ${className}`}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        {...control}
      />
      <button type="button" className="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {t(shown ? 'form.hidePassword' : 'form.showPassword')}
      </button>
    </div>
  );
}

/** Several lines of text. */
export function TextField(props: FieldProps & { readonly maxLength?: number }) {
  const { label, hint, required, maxLength, disabled } = props;
  const { id, wrong, control } = useField(props);
  return (
    <Around id={id} label={label} hint={hint} required={required} wrong={wrong}>
      <textarea className="input" maxLength={cutAt(maxLength)} disabled={disabled} {...control} />
    </Around>
  );
}

/** One of a few, folded away. */
export function SelectField(props: FieldProps & { readonly choices: Choices }) {
  const { label, hint, required, choices, disabled } = props;
  const { id, wrong, control } = useField(props);
  return (
    <Around id={id} label={label} hint={hint} required={required} wrong={wrong}>
      <select className="select" disabled={disabled} {...control}>
        <Options of={choices} />
      </select>
    </Around>
  );
}

/** One of a few, all in sight. */
export function RadioField(props: FieldProps & { readonly choices: Choices }) {
  const { label, hint, choices } = props;
  const { id, wrong, control } = useField(props);
  const { id: _id, 'aria-required': _required, ...radio } = control;
  return (
    <fieldset className="field" aria-describedby={radio['aria-describedby']}>
      <legend>{label}</legend>
      <Hint id={id}>{hint}</Hint>
      {choices.map(([value, name]) => (
        <label className="choice" key={value}>
          <input type="radio" value={value} {...radio} />
          {name}
        </label>
      ))}
      <Wrong id={id}>{wrong}</Wrong>
    </fieldset>
  );
}

/** Yes or no. */
export function CheckField(props: FieldProps) {
  const { id, wrong, control } = useField(props);
  return (
    <div className="field">
      <label className="choice" htmlFor={id}>
        <input type="checkbox" {...control} />
        <span>{props.label}</span>
      </label>
      <Hint id={id}>{props.hint}</Hint>
      <Wrong id={id}>{wrong}</Wrong>
    </div>
  );
}
