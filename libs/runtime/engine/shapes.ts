import { z } from 'zod';
import type { AccountId } from '#kernel';

/** Schemas by the names under which OpenAPI lists them. */
const names = new Map<z.ZodType, string>();

/** Gives a schema the name under which answers refer to it. */
export function shape<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  names.set(schema, id);
  return schema;
}

type Frozen<Value> = unknown extends Value
  ? Value
  : Value extends string | number | boolean | null | undefined
    ? Value
    : { readonly [Name in keyof Value]: Frozen<Value[Name]> };
/** What an answer of this shape is, for whoever makes or reads one. */
export type ViewOf<Schema extends z.ZodType> = Frozen<z.output<Schema>>;

// The parts that most shapes are made of.
export const yen = z
  .string()
  .meta({ description: 'Yen as a decimal text with at most 4 decimals.', example: '1059.411' });
export const time = z.string().meta({ description: 'JST.', example: '2026-10-05T12:01:00.000+09:00' });
export const date = z.string().meta({ example: '2026-10-31' });
export const month = z.string().meta({ example: '2026-10' });
export const text = z.string();
/** An id that a command has checked. */
export const accountText = text as z.ZodType as z.ZodType<AccountId>;
export const count = z.int();

/** A list of one page. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last.' }),
  });
/** A list that is always whole. */
export const allOf = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row) });

export type JsonSchema = Record<string, unknown>;

const withoutHeader = ({ $schema: _schema, $id: _id, ...rest }: JsonSchema): JsonSchema => rest;

const UNNAMED = '(unnamed)';

/** JSON Schemas of the named shapes, which refer to each other, and of one more. */
function rendered(unnamed?: z.ZodType): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  if (unnamed) registry.add(unnamed, { id: UNNAMED });
  const { schemas } = z.toJSONSchema(registry, { uri: id => `#/components/schemas/${id}` });
  return schemas as Record<string, JsonSchema>;
}

/** Every named shape, for `components.schemas`. */
export const componentSchemas = (): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(rendered()).map(([id, schema]) => [id, withoutHeader(schema)]));

/** What an answer looks like: a reference to a named shape, or the schema itself with references inside. */
export function answerSchema(schema: z.ZodType): JsonSchema {
  const id = names.get(schema);
  return id ? { $ref: `#/components/schemas/${id}` } : withoutHeader(rendered(schema)[UNNAMED]!);
}

/** What a request has to look like. */
export const inputSchema = (schema: z.ZodType): JsonSchema =>
  withoutHeader(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
