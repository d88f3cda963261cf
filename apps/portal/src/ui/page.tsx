import type { ReactNode } from 'react';
import { Money } from './money.js';

interface PageProps {
  readonly title: ReactNode;
  /** One sentence below the title. */
  readonly lead?: ReactNode;
  /** At the right: the acts of the page. */
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its heading, which takes the focus on arrival, and what stands below it. */
export function Page({ title, lead, acts, children }: PageProps) {
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {acts && <div className="buttons">{acts}</div>}
      </div>
      {children}
    </>
  );
}

interface SheetProps {
  readonly title?: ReactNode;
  /** Beside the title: a unit, a choice, a link. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A sheet of paper on the page. */
export function Sheet({ title, aside, children }: SheetProps) {
  return (
    <section className="sheet">
      {(title || aside) && (
        <div className="sheet-head">
          {title && <h2>{title}</h2>}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** Sheets beside each other where there is room. */
export const Columns = ({ children }: { children: ReactNode }) => <div className="columns">{children}</div>;

/** Colours say nothing alone: a word stands with them. */
export type BadgeKind = 'good' | 'warn' | 'bad';

/** A remark that stays: what is special about what is shown. */
export function Note({ kind, children }: { kind?: BadgeKind; children: ReactNode }) {
  return <div className={kind ? `note-box ${kind}` : 'note-box'}>{children}</div>;
}

/** A state in one word. */
export function Badge({ kind, children }: { kind?: BadgeKind; children: ReactNode }) {
  return <span className={kind ? `badge ${kind}` : 'badge'}>{children}</span>;
}

/** An id or a number as machines write it. */
export const code = (text: ReactNode) => <span className="code">{text}</span>;

/** Figures with their names: `<Stats><Stat name=…>…</Stat></Stats>`. */
export const Stats = ({ children }: { children: ReactNode }) => <dl className="stats">{children}</dl>;

interface StatProps {
  readonly name: ReactNode;
  /** The one figure of the page that counts. */
  readonly lead?: boolean;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}
export function Stat({ name, lead, note, children }: StatProps) {
  return (
    <div className={lead ? 'stat lead' : 'stat'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {note && <dd className="note">{note}</dd>}
    </div>
  );
}

/** The same of an amount of yen. */
export const MoneyStat = ({ of, ...stat }: Omit<StatProps, 'children'> & { readonly of: string }) => (
  <Stat {...stat}>
    <Money of={of} unit />
  </Stat>
);

/** Names and values below each other: what is known about one thing. */
export function Facts({ of }: { of: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {of.map(([name, value], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts of a thing do not change their places
        <FactRow key={i} name={name} value={value} />
      ))}
    </dl>
  );
}
const FactRow = ({ name, value }: { name: ReactNode; value: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{value === '' || value === false ? '—' : (value ?? '—')}</dd>
  </>
);
