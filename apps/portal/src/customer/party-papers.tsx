import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../api/upload.js';
import { useRefresh } from '../ui/act.js';
import { Choice } from '../ui/choices.js';
import { FileField } from '../ui/form/file-field.js';
import { Badge, Note } from '../ui/page.js';
import { Failure } from '../ui/states.js';
import { timeText } from '../ui/time-text.js';
import { PAPER_KINDS, type Paper, partyKey } from './party-questions.js';

/** Papers with what became of them, the newest first. */
export function Papers({ of }: { of: readonly Paper[] }) {
  const { t } = useTranslation('customer');
  if (of.length === 0) return <p className="soft">{t('party.noPapers')}</p>;
  return (
    <ul className="plain-list">
      {of.toReversed().map(({ paper, kind, state, why, uploadedAt }) => (
        <li key={paper}>
          <p>
            {t(`party.kinds.${kind}`)}{' '}
            <Badge kind={state === 'approved' ? 'good' : state === 'asked_again' ? 'bad' : 'warn'}>
              {t(`party.states.${state}`)}
            </Badge>
          </p>
          {why !== null && <p>{t(`party.whys.${why}`)}</p>}
          <p className="small soft">
            <time dateTime={uploadedAt}>{timeText(uploadedAt)}</time>
          </p>
        </li>
      ))}
    </ul>
  );
}

function DayInput({ label, onChoose }: { label: string; onChoose: (day: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="input" type="date" onChange={({ target }) => onChoose(target.value)} />
    </div>
  );
}

/** Sends a picture; what is wrong with it is told by the server, which looks at its content. */
export function PaperUpload({ account }: { account: string }) {
  const { t } = useTranslation('customer');
  const refresh = useRefresh();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<Paper['kind']>('driving_licence');
  const [issuedOn, setIssuedOn] = useState('');
  const [validUntil, setValidUntil] = useState('');
  const [state, setState] = useState<'idle' | 'sending' | 'done'>('idle');
  const [error, setError] = useState<unknown>(null);
  const go = async () => {
    if (!file) return;
    setState('sending');
    setError(null);
    try {
      const dates = { ...(issuedOn && { issuedOn }), ...(validUntil && { validUntil }) };
      const about = { path: { account }, query: { kind, ...dates } };
      const type = file.type || 'image/jpeg';
      await upload('/api/v1/accounts/{account}/papers', about, file, { type, command: {} });
      setState('done');
      await refresh([partyKey(account)]);
    } catch (failure) {
      setState('idle');
      setError(failure);
    }
  };
  return (
    <div className="stack">
      <p className="hint">{t('party.paperRules')}</p>
      <Choice
        label={t('party.paperKind')}
        choices={PAPER_KINDS.map(one => [one, t(`party.kinds.${one}`)])}
        value={kind}
        onChoose={setKind}
      />
      <div className="filters">
        <DayInput label={t('party.issuedOn')} onChoose={setIssuedOn} />
        <DayInput label={t('party.validUntil')} onChoose={setValidUntil} />
      </div>
      <FileField
        label={t('party.choose')}
        accept=".jpg,.jpeg,.png,.gif,image/jpeg,image/png,image/gif"
        disabled={state === 'sending'}
        onChoose={setFile}
      />
      <div className="buttons">
        <button
          type="button"
          className="button primary"
          disabled={file === null || state === 'sending'}
          onClick={() => void go()}
        >
          {t('party.upload')}
        </button>
      </div>
      {state === 'done' && (
        <Note kind="good">
          <p role="status">{t('party.uploaded')}</p>
        </Note>
      )}
      {error !== null && <Failure error={error} />}
    </div>
  );
}
