import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OFFLINE, Problem } from '../api/problem.js';
import { useProblemText } from './problem-text.js';

export function Waiting() {
  const { t } = useTranslation();
  return (
    <p className="state" role="status">
      {t('state.loading')}
    </p>
  );
}

/** Nothing to show; `children` says what to do about it. */
export function Empty({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return <div className="state">{children ?? t('state.empty')}</div>;
}

/** What went wrong, with its code, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const code = error instanceof Problem && error.code !== OFFLINE ? error.code : null;
  return (
    <div className="state bad" role="alert">
      <p>
        <strong>{t('state.failed')}</strong>
      </p>
      <p>{text(error)}</p>
      {code && (
        <p className="small soft">
          {t('state.code')} <span className="code">{code}</span>
        </p>
      )}
      {retry && (
        <div className="buttons">
          <button type="button" className="button small" onClick={retry}>
            {t('state.retry')}
          </button>
        </div>
      )}
    </div>
  );
}

/** Why something was not done, in one line with its code. */
export function Why({ error }: { error: unknown }) {
  const text = useProblemText();
  const code = error instanceof Problem && error.status > 0 ? error.code : null;
  return (
    <>
      {text(error)} {code && <span className="code small soft">{code}</span>}
    </>
  );
}

interface Question<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/**
 * What a query answered, or its waiting, or its failure: `<Answer of={query}>{data => …}</Answer>`.
 * Data that is there stays while it is read again.
 */
export function Answer<Data>({
  of,
  children,
}: {
  of: Question<Data>;
  children: (data: NonNullable<Data>) => ReactNode;
}) {
  if (of.data !== undefined && of.data !== null) return <>{children(of.data)}</>;
  if (of.error) return <Failure error={of.error} retry={() => void of.refetch()} />;
  return <Waiting />;
}
