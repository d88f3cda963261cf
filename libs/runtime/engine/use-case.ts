import type { z } from 'zod';
import type { LoginLevel, Role, SessionStage, StaffRole } from '#identity';
import type { Sentence } from '#kernel';
import type { Answer, Caller, Product } from '../product.js';
import type { Wait } from './wait.js';

/**
 * What a use case does. `read` changes nothing; `write` changes something; `money` also moves money or makes
 * a contract, so it needs an `Idempotency-Key`.
 */
export type Effect = 'read' | 'write' | 'money';

/**
 * What opens a route. `open`: nothing is asked for. `session`: the cookie of a session, which acts for its
 * own login here, whatever it looks at. `any`: a session or an API key.
 */
export type Door = 'open' | 'session' | 'any';

/** Roles of API keys, and of the sessions of staff; a customer's session has the role of its key. */
export type AccessRole = Role | StaffRole;

export interface Access {
  readonly effect: Effect;
  /** Whom it lets in; a session of staff by its role, a session or key of a customer as `customer`. */
  readonly roles: readonly AccessRole[];
  /** `any` without it. */
  readonly door?: Door;
  /** Which customers' logins; only that of the account without it. */
  readonly levels?: readonly LoginLevel[];
  /** Whether a customer's session needs a passed second step (AUT-08). */
  readonly verified?: boolean;
  /** Stages in which a session may; only `signed_in` without it. */
  readonly stages?: readonly SessionStage[];
}

interface Declared<Input extends z.ZodObject> extends Access {
  /** The method and the template of the path: `DELETE /keys/:key`. */
  readonly route: string;
  /** What it is for: the summary of the API and the help of the command line. */
  readonly about: Sentence;
  readonly description?: string;
  readonly waits?: Wait;
  /** Segments of the path, and fields of the body or the query, by one name each. */
  readonly input: Input;
  readonly answer: z.ZodType;
  /** 200 without one. */
  readonly status?: 200 | 201 | 202;
  /** Codes of the refusals that its callers meet. */
  readonly refusals?: readonly string[];
}

/** A use case that changes something. */
export interface CommandUseCase<Input extends z.ZodObject = z.ZodObject, Value = unknown>
  extends Declared<Input> {
  /** May answer that it is so already. */
  readonly unchanged?: boolean;
  run(product: Product, input: z.output<Input>, caller: Caller): Promise<Answer<Value>>;
}

/** A use case that only answers. */
export interface QueryUseCase<Input extends z.ZodObject = z.ZodObject, Value = unknown>
  extends Declared<Input> {
  readonly effect: 'read';
  run(product: Product, input: z.output<Input>): Promise<Value>;
}

/** Declares a use case that changes something; its types follow from `input` and `run`. */
export const command = <Input extends z.ZodObject, Value>(
  useCase: CommandUseCase<Input, Value>,
): CommandUseCase<Input, Value> => useCase;

/** Declares a use case that only answers. */
export const query = <Input extends z.ZodObject, Value>(
  useCase: QueryUseCase<Input, Value>,
): QueryUseCase<Input, Value> => useCase;
