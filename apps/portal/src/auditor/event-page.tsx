import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { KEEPS, useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useParam } from '../app/url-state.js';
import { countText } from '../ui/number-text.js';
import { Columns, code, Facts, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { inJapan } from '../ui/time-text.js';
import { accountOf, explainedBy } from './concerns.js';
import { DataTree } from './data-tree.js';
import { hasHiddenName, saidBy } from './questions.js';

type Detail = Schemas['LogEventDetail'];

/** One event: its envelope, what it says, and where it leads. */
export default function EventPage() {
  const { t } = useTranslation(['auditor', 'frame']);
  const position = useParam('position');
  const event = useAsk(['event', position], '/api/v1/events/{position}', { path: { position } }, KEEPS);
  return (
    <Page
      title={t('event.title', { position })}
      lead={event.data && !event.isPlaceholderData && saidBy(event.data)}
      acts={event.data && <Neighbours event={event.data} />}
    >
      <Answer of={event}>
        {found => (
          <div aria-busy={event.isPlaceholderData}>
            <Columns>
              <Envelope event={found} />
              <Concerns event={found} />
            </Columns>
            <Sheet title={t('event.data')}>
              <DataTree key={found.position} data={found.data} />
            </Sheet>
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Neighbours({ event: { previous, next } }: { event: Detail }) {
  const { t } = useTranslation('auditor');
  const link = (position: number | null, text: string) =>
    position === null ? (
      <span className="button" aria-disabled="true">
        {text}
      </span>
    ) : (
      <AppLink to={`/events/${position}`} className="button">
        {text}
      </AppLink>
    );
  return (
    <nav className="buttons" aria-label={t('event.neighbours')}>
      {link(previous, t('event.previous'))}
      {link(next, t('event.next'))}
    </nav>
  );
}

function Envelope({ event }: { event: Detail }) {
  const { t } = useTranslation('auditor');
  return (
    <Sheet title={t('event.envelope')}>
      <Facts
        of={[
          [t('events.type'), code(event.type)],
          [t('events.stream'), code(event.stream)],
          [t('event.revision'), countText(event.revision)],
          [t('event.occurred'), <Time key="occurred" at={event.occurredAt} seconds />],
          [t('events.recorded'), <Time key="recorded" at={event.recordedAt} seconds />],
          [t('events.actor'), code(event.actor)],
          [t('events.reason'), event.reason],
          [t('events.command'), code(event.commandId)],
          [t('event.correlation'), code(event.correlationId)],
          [
            t('event.hash'),
            <div key="hash">
              {code(event.hash)}
              <p className="soft small">{t('event.hashHint')}</p>
            </div>,
          ],
        ]}
      />
    </Sheet>
  );
}

function Concerns({ event }: { event: Detail }) {
  const { t } = useTranslation('auditor');
  const account = accountOf(event);
  const explained = explainedBy(event);
  const at = inJapan(event.occurredAt);
  return (
    <Sheet title={t('event.concerns')}>
      <ul className="links">
        <li>
          <AppLink to="/explain" search={{ id: explained ?? `#${event.position}` }}>
            {explained === undefined ? t('event.explain') : t('event.explainId', { id: explained })}
          </AppLink>
        </li>
        {account !== undefined && (
          <>
            <li>
              <AppLink to="/as-of" search={{ account, at }}>
                {t('event.asOf', { account })}
              </AppLink>
            </li>
            <li>
              <AppLink to="/events" search={{ account }}>
                {t('event.ofAccount', { account })}
              </AppLink>
            </li>
          </>
        )}
        {!hasHiddenName(event.stream) && (
          <li>
            <AppLink to="/events" search={{ stream: event.stream }}>
              {t('event.ofStream')}
            </AppLink>
          </li>
        )}
        <li>
          <AppLink to="/events" search={{ command: event.commandId }}>
            {t('event.ofCommand')}
          </AppLink>
        </li>
      </ul>
    </Sheet>
  );
}
