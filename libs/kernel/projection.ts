import type { EventMeta } from './envelope.js';

/** A whole number beyond 2^53 is a bigint: only sums become so large. */
export type Cell = string | number | bigint | null;
export type Row = Readonly<Record<string, Cell>>;

/** `integer` holds 64 bits; money columns are integers of 1/10,000 yen, instants integers of milliseconds. */
export type ColumnType = 'text' | 'integer';
type ColumnText = ColumnType | `${ColumnType}?`;

declare const holds: unique symbol;
/** A column whose cells are known more closely than its text says: for the compiler only. */
type Holding<Text extends ColumnText, Value> = Text & { readonly [holds]: Value };

/** Columns that hold what the domain has a type for; plain ones are written `'text'`, `'integer?'`. */
export const column = {
  text: <Value extends string>() => 'text' as Holding<'text', Value>,
  textOrNull: <Value extends string>() => 'text?' as Holding<'text?', Value | null>,
  integer: <Value extends number | bigint>() => 'integer' as Holding<'integer', Value>,
  integerOrNull: <Value extends number | bigint>() => 'integer?' as Holding<'integer?', Value | null>,
};

type Columns = Readonly<Record<string, ColumnText>>;

export interface TableSpec<
  Name extends string = string,
  Cols extends Columns = Columns,
  Key extends string = string,
> {
  readonly name: Name;
  readonly columns: Cols;
  /** The primary key; also the order in which a rebuild is compared with the live table. */
  readonly key: readonly Key[];
  readonly indexes?: readonly (readonly string[])[];
  /** Columns that no finding tells the value of: seals and hashes. */
  readonly secret?: readonly string[];
}

/** A table of a projection, checked: its key, indexes and secrets name columns that it has. */
export const table = <
  const Name extends string,
  const Cols extends Columns,
  const Key extends keyof Cols & string,
>(
  spec: TableSpec<Name, Cols, Key> & {
    readonly indexes?: readonly (readonly (keyof Cols)[])[];
    readonly secret?: readonly (keyof Cols)[];
  },
): TableSpec<Name, Cols, Key> => spec;

type CellOf<Text> = Text extends { readonly [holds]: infer Value }
  ? Value
  : Text extends 'text'
    ? string
    : Text extends 'integer'
      ? number
      : Text extends 'text?'
        ? string | null
        : number | null;

/** A row as both drivers give it: what is text is a string, a whole number a number, a bigint beyond 2^53. */
export type RowOf<Table extends TableSpec> = {
  [Name in keyof Table['columns']]: CellOf<Table['columns'][Name]>;
};

/** The rows of several tables, by the name of the table. */
export type RowsOf<Tables extends TableSpec> = { [Table in Tables as Table['name']]: RowOf<Table> };

type Amounts = Readonly<Record<string, number | bigint>>;

/** What a projection writes: rows as data, so that both dialects can batch them. Nothing is read back. */
export interface RowSink {
  /** A row that is not there yet. A second one with the same key is an error, never an overwrite. */
  insert(table: string, row: Row): void;
  /**
   * Changes the row with this key: sets columns and adds to numbers; creates it (numbers from 0) when it is
   * not there.
   */
  merge(table: string, key: Row, change: { readonly set?: Row; readonly add?: Amounts }): void;
  remove(table: string, key: Row): void;
}

type Named<Tables extends TableSpec, Name> = Extract<Tables, { readonly name: Name }>;
type KeyOf<Table> =
  Table extends TableSpec<string, Columns, infer Key> ? Readonly<Pick<RowOf<Table>, Key>> : never;
type Added<Table extends TableSpec> = {
  readonly [Name in keyof Table['columns'] as Table['columns'][Name] extends `text${string}` ? never : Name]?:
    | number
    | bigint;
};

/** `RowSink` as the tables of one projection have it: a wrong table, column or value does not compile. */
export interface RowsInto<Tables extends TableSpec> {
  insert<Name extends Tables['name']>(table: Name, row: Readonly<RowOf<Named<Tables, Name>>>): void;
  merge<Name extends Tables['name']>(
    table: Name,
    key: KeyOf<Named<Tables, Name>>,
    change: {
      readonly set?: Readonly<Partial<RowOf<Named<Tables, Name>>>>;
      readonly add?: Added<Named<Tables, Name>>;
    },
  ): void;
  remove<Name extends Tables['name']>(table: Name, key: KeyOf<Named<Tables, Name>>): void;
}

/** An event as a projection sees it: decoded by the codec of its context. */
export interface ProjectedEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  /** The stored type, `context.Event.vN`. */
  readonly type: string;
  /** The domain's own event, whatever version was stored. */
  readonly event: unknown;
  readonly meta: EventMeta;
}

/**
 * A read model: the answer to one question. Written in the transaction of its checkpoint, so an event counts
 * once. A higher `version` is built beside the running one and then switched.
 */
export interface Projection<Tables extends TableSpec = TableSpec, Rows = RowSink> {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly Tables[];
  readonly handles: readonly string[];
  /** Of the handled types only events for which this holds, or all. Asked before they are decoded. */
  concerns?(meta: EventMeta): boolean;
  apply(event: ProjectedEvent, rows: Rows): void;
}

/** A projection that is checked against its tables; whoever runs it knows tables by their names only. */
export const projection = <Tables extends TableSpec>(
  spec: Projection<Tables, RowsInto<Tables>>,
): Projection<Tables> => spec as unknown as Projection<Tables>;
