import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { Note } from '../ui/page.js';
import { useFieldProblemText } from '../ui/problem-text.js';
import { Failure } from '../ui/states.js';

/** Each line that is wrong, with what is wrong about it. */
export function RefusedFile({ error }: { error: unknown }) {
  const { t } = useTranslation('staff');
  const said = useFieldProblemText();
  const errors = error instanceof Problem ? error.body.errors : undefined;
  if (!errors) return <Failure error={error} />;
  const more = error instanceof Problem ? (error.body.moreErrors ?? 0) : 0;
  return (
    <Note kind="bad">
      <p role="alert">
        <strong>{t('tariffs.refused', { count: errors.length + more })}</strong>
      </p>
      <ul>
        {errors.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line may be wrong in two ways
          <li key={i}>
            <span className="code">{one.field}</span> {said(one)}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('tariffs.more', { count: more })}</p>}
    </Note>
  );
}
