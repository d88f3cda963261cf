import { useTranslation } from 'react-i18next';
import { type Asking, addressOf } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { useAhead, useUrlState } from '../app/url-state.js';
import { countText } from '../ui/number-text.js';
import { Page, Sheet } from '../ui/page.js';
import { isRange } from './inputs.js';
import { useHead } from './questions.js';

const ROUTE = '/api/v1/audit/export';
type Format = NonNullable<NonNullable<Asking<typeof ROUTE>['query']>['format']>;
const FORMATS = namesOf<Format>({ jsonl: 1, hledger: 1, csv: 1 });

interface Span {
  readonly format: Format;
  readonly from: string;
  readonly to: string;
}

/** Takes the log or the journal away as a file. */
export default function ExportPage() {
  const { t } = useTranslation('auditor');
  const [search, set] = useUrlState();
  const format = FORMATS.find(one => one === search['format']) ?? 'jsonl';
  const span = { format, from: search['from'] ?? '', to: search['to'] ?? '' };
  return (
    <Page title={t('export.name')} lead={t('export.lead')}>
      <Sheet>
        <div className="form">
          <fieldset className="field">
            <legend>{t('export.format')}</legend>
            {FORMATS.map(one => (
              <label className="choice" key={one}>
                <input
                  type="radio"
                  name="format"
                  value={one}
                  checked={one === format}
                  onChange={() => set({ format: one })}
                />
                <span>
                  {t(`export.${one}`)}
                  <span className="soft small block">{t(`export.${one}Text`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <Range span={span} />
          <Save span={span} />
        </div>
      </Sheet>
    </Page>
  );
}

function Range({ span }: { span: Span }) {
  const { t } = useTranslation('auditor');
  const [, set] = useUrlState();
  const { data } = useHead();
  const isWrong = !isRange(span);
  return (
    <fieldset className="field" aria-describedby="range-hint range-wrong">
      <legend>{t('export.range')}</legend>
      <p className="hint" id="range-hint">
        {t('export.rangeHint', { head: data ? countText(data.head) : '…' })}
      </p>
      <div className="filters">
        {(['from', 'to'] as const).map(end => (
          <div className="field" key={end}>
            <label htmlFor={`range-${end}`}>{t(`export.${end}`)}</label>
            <End id={`range-${end}`} value={span[end]} isWrong={isWrong} set={text => set({ [end]: text })} />
          </div>
        ))}
      </div>
      <p className="wrong" id="range-wrong" role="alert">
        {isWrong && t('export.badRange')}
      </p>
    </fieldset>
  );
}

interface EndProps {
  readonly id: string;
  readonly value: string;
  readonly isWrong: boolean;
  readonly set: (text: string) => void;
}
function End({ id, value, isWrong, set }: EndProps) {
  const [typed, type] = useAhead(value, set, 0);
  return (
    <input
      id={id}
      className="input"
      inputMode="numeric"
      autoComplete="off"
      value={typed}
      aria-invalid={isWrong}
      onChange={event => type(event.target.value.trim())}
    />
  );
}

/** A link and not a request of ours: the browser writes to the disk what the server sends, however long. */
function Save({ span }: { span: Span }) {
  const { t } = useTranslation('auditor');
  const head = useHead();
  const { format, from, to } = span;
  const isGood = isRange(span);
  const first = Number(from || '1');
  const last = Math.min(Number(to || head.data?.head), head.data?.head ?? 0);
  const n = Math.max(0, last - first + 1);
  return (
    <div className="stack">
      {isGood && (
        <p className="soft" role="status">
          {head.data
            ? t('export.counted', { from: countText(first), to: countText(last), n: countText(n) })
            : t('export.counting')}
        </p>
      )}
      <div className="buttons">
        {isGood ? (
          <a className="button primary" href={addressOf(ROUTE, { query: { format, from, to } })} download>
            {t('export.go')}
          </a>
        ) : (
          <button type="button" className="button primary" disabled>
            {t('export.go')}
          </button>
        )}
      </div>
    </div>
  );
}
