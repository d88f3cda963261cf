import { type ReactNode, useState } from 'react';
import { FileField } from '../ui/form/file-field.js';
import { Waiting } from '../ui/states.js';
import { RefusedFile } from './refused-file.js';

/** A file that has been looked through: what it would bring, or why it is refused. */
type Looked<Brings> = { readonly file: File } & (
  | { readonly brings: Brings; readonly error?: never }
  | { readonly brings?: never; readonly error: unknown }
);

interface Props<Brings> {
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  /** Asks what the file would bring; nothing is written. */
  readonly look: (file: File) => Promise<Brings>;
  /** What it would bring, and the button that brings it. */
  readonly children: (looked: {
    readonly file: File;
    readonly brings: Brings;
    readonly clear: () => void;
  }) => ReactNode;
}

/** A file is chosen, looked through, and only then taken. */
export function FileLook<Brings>({ label, hint, accept, look, children }: Props<Brings>) {
  const [looked, setLooked] = useState<Looked<Brings> | null>(null);
  const [isLooking, setLooking] = useState(false);
  const choose = async (file: File | null) => {
    setLooked(null);
    if (!file) return;
    setLooking(true);
    try {
      setLooked({ file, brings: await look(file) });
    } catch (error) {
      setLooked({ file, error });
    } finally {
      setLooking(false);
    }
  };
  return (
    <div className="stack">
      <FileField
        label={label}
        hint={hint}
        accept={accept}
        disabled={isLooking}
        onChoose={file => void choose(file)}
      />
      {isLooking && <Waiting />}
      {looked?.error != null && <RefusedFile error={looked.error} />}
      {looked?.brings !== undefined &&
        children({ file: looked.file, brings: looked.brings, clear: () => setLooked(null) })}
    </div>
  );
}
