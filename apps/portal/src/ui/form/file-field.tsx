import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Endings and media types that the browser offers first: `.csv,text/csv`. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onChoose: (file: File | null) => void;
}

/**
 * A file from somebody's own disk. It belongs to no form: what becomes of it is told as it goes on. The
 * browser's own button speaks the browser's language, so ours stands in its place.
 */
export function FileField({ label, hint, accept, disabled = false, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = (file: File | null) => {
    setChosen(file?.name ?? null);
    onChoose(file);
  };
  return (
    <div className="field">
      <label htmlFor={id} id={`${id}-label`}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className="file">
        <input
          id={id}
          className="sr"
          type="file"
          accept={accept}
          disabled={disabled}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${hint ? `${id}-hint ` : ''}${id}-chosen`}
          onChange={({ target }) => choose(target.files?.[0] ?? null)}
        />
        <label htmlFor={id} className="button" aria-disabled={disabled}>
          {t('form.chooseFile')}
        </label>
        <span id={`${id}-chosen`} className={chosen === null ? 'soft' : 'break'}>
          {chosen ?? t('form.noFile')}
        </span>
      </div>
    </div>
  );
}
