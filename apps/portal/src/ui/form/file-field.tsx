import { type ReactNode, useId } from 'react';

interface Props {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Endings and media types that the browser offers first: `.csv,text/csv`. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onChoose: (file: File | null) => void;
}

/** A file from somebody's own disk. It belongs to no form: what becomes of it is told as it goes on. */
export function FileField({ label, hint, accept, disabled = false, onChoose }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        className="input"
        type="file"
        accept={accept}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ target }) => onChoose(target.files?.[0] ?? null)}
      />
    </div>
  );
}
