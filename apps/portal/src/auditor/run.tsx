import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEventStream, type Watched } from '../api/event-stream.js';
import { Sheet } from '../ui/page.js';
import { Progress } from '../ui/progress.js';
import { Failure } from '../ui/states.js';
import type { Finding } from './questions.js';

interface Found {
  readonly finding: Finding;
}

interface Props {
  /** Of a route that tells its progress. */
  readonly address: string;
  readonly label: (told: Watched<Found>['progress']) => string;
  readonly again: () => void;
  readonly stop: () => void;
  readonly children: (finding: Finding, tookMs: number) => ReactNode;
}

/** A proof over the whole log as it goes on, then what it found. Leaving the page ends it. */
export function Run({ address, label, again, stop, children }: Props) {
  const { t } = useTranslation('auditor');
  const { progress, result, error } = useEventStream<Found>(address);
  const tookMs = useTook(result !== null);
  if (error !== null) return <Failure error={error} retry={again} />;
  if (result !== null) return <div aria-live="polite">{children(result.finding, tookMs)}</div>;
  return (
    <Sheet>
      <div className="stack">
        <Progress label={label(progress)} done={progress?.done ?? 0} total={progress?.total ?? null} />
        <div className="buttons">
          <button type="button" className="button" onClick={stop}>
            {t('verify.stop')}
          </button>
        </div>
      </div>
    </Sheet>
  );
}

/** Milliseconds from the first drawing until something has ended. */
function useTook(isDone: boolean): number {
  const began = useRef(performance.now());
  const [took, setTook] = useState(0);
  useEffect(() => {
    if (isDone) setTook(performance.now() - began.current);
  }, [isDone]);
  return took;
}
