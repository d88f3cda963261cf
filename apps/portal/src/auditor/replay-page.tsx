import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/client.js';
import { useUrlState } from '../app/url-state.js';
import { countText } from '../ui/number-text.js';
import { Note, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { timeText } from '../ui/time-text.js';
import { type Differing, differencesIn, type Side } from './differences.js';
import { instantOf } from './inputs.js';
import { type Finding, type Found, foundText } from './questions.js';
import { Run } from './run.js';

/** Builds the books again from the log alone and says where they differ. */
export default function ReplayPage() {
  const { t } = useTranslation('auditor');
  const [search] = useUrlState();
  const asOf = instantOf(search['at'] ?? '');
  const [run, setRun] = useState<number | null>(null);
  const begin = () => setRun((run ?? 0) + 1);
  return (
    <Page title={t('replay.name')} lead={t('replay.lead')}>
      <Sheet>
        <When
          at={search['at'] ?? ''}
          go={t(run === null ? 'replay.go' : 'replay.again')}
          begin={begin}
          change={() => setRun(null)}
        />
      </Sheet>
      {run !== null && (
        <Run
          key={`${run} ${asOf}`}
          address={addressOf('/api/v1/audit/replay', { query: { asOf } })}
          label={told => t(told !== null && told.done === told.total ? 'replay.comparing' : 'replay.working')}
          again={begin}
          stop={() => setRun(null)}
        >
          {finding => <Replayed finding={finding} asOf={asOf} />}
        </Run>
      )}
    </Page>
  );
}

interface WhenProps {
  readonly at: string;
  readonly go: string;
  readonly begin: () => void;
  readonly change: () => void;
}
function When({ at, go, begin, change }: WhenProps) {
  const { t } = useTranslation('auditor');
  const [, set] = useUrlState();
  const [isThen, setThen] = useState(at !== '');
  const [time, setTime] = useState(at);
  const [isMissing, setMissing] = useState(false);
  const choose = (then: boolean) => {
    setThen(then);
    setMissing(false);
    change();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bad = isThen && instantOf(time) === undefined;
    setMissing(bad);
    if (bad) return;
    set({ at: isThen ? time : undefined });
    begin();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <fieldset className="field">
        <legend>{t('replay.when')}</legend>
        <label className="choice">
          <input type="radio" name="when" checked={!isThen} onChange={() => choose(false)} />
          {t('replay.whenNow')}
        </label>
        <label className="choice">
          <input type="radio" name="when" checked={isThen} onChange={() => choose(true)} />
          {t('replay.whenThen')}
        </label>
      </fieldset>
      {isThen && (
        <div className="field">
          <label htmlFor="replay-at">{t('replay.time')}</label>
          <input
            id="replay-at"
            className="input"
            type="datetime-local"
            step={1}
            value={time.slice(0, 19)}
            aria-invalid={isMissing}
            aria-describedby="replay-at-wrong"
            onChange={event => setTime(event.target.value)}
          />
          <p className="wrong" id="replay-at-wrong" role="alert">
            {isMissing && t('replay.timeMissing')}
          </p>
        </div>
      )}
      <div className="buttons">
        <button type="submit" className="button primary">
          {go}
        </button>
      </div>
    </form>
  );
}

function Replayed({ finding, asOf }: { finding: Finding; asOf: string | undefined }) {
  const { t } = useTranslation('auditor');
  const n = countText(finding.events);
  return (
    <Sheet>
      <div className="stack">
        <Note kind={finding.ok ? 'good' : 'bad'}>
          <p>
            <strong>{t(finding.ok ? 'replay.good' : 'replay.bad')}</strong>
          </p>
          <p>
            {finding.ok
              ? asOf === undefined
                ? t('replay.goodText', { n })
                : t('replay.goodThen', { n, time: timeText(asOf, true) })
              : t('replay.badText')}
          </p>
        </Note>
        {!finding.ok && <Differences findings={finding.findings} />}
      </div>
    </Sheet>
  );
}

function Differences({ findings }: { findings: readonly Found[] }) {
  const { t } = useTranslation('auditor');
  const rows = useMemo(() => findings.flatMap(found => differencesIn(found, foundText(found))), [findings]);
  const columns = useMemo<readonly Column<Differing>[]>(() => {
    const shown = (side: Side) => {
      if (typeof side === 'string') return side;
      return side ? t('replay.present') : t('replay.absent');
    };
    return [
      { id: 'table', name: t('replay.table'), kind: 'code', value: row => row.table },
      { id: 'row', name: t('replay.row'), value: row => row.row, wrap: true },
      { id: 'field', name: t('replay.field'), kind: 'code', value: row => row.field },
      { id: 'live', name: t('replay.live'), value: row => shown(row.live) },
      { id: 'replayed', name: t('replay.replayed'), value: row => shown(row.replayed) },
    ];
  }, [t]);
  return (
    <DataTable
      name="differences"
      caption={t('replay.bad')}
      of={{ rows }}
      columns={columns}
      rowKey={row => `${row.table} ${row.row} ${row.field}`}
      filter={false}
      csv="replay-differences"
    />
  );
}
