import type { z } from 'zod';
import type { LoginLevel, Role, SessionStage, StaffRole } from '#identity';
import { type Details, type Rejection, rejection, type Sentence } from '#kernel';
import type { LiveSession, Origin } from '../identity/identity.types.js';
import type { Product } from '../product.js';
import type { Caller, Progress } from '../product.views.js';
import { type RefusalCode, refusalOf, type Sought } from '../refusals.js';
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

/**
 * Its verb of the command line: arguments and options are fields of the input, in the form that is declared
 * there; what is printed is written beside the other verbs.
 */
export interface Cli<Field extends string = string> {
  /** `key revoke <key>`: an argument is the field of its name, every other field an option of its name. */
  readonly usage: string;
  /** Fields that are called otherwise there: `{ startedAt: 'start' }`. */
  readonly names?: Readonly<Partial<Record<Field, string>>>;
  /** Fields that are not given there as the text of one option or argument. */
  readonly without?: readonly Field[];
  /** Its words where it is another thing at the machine than over HTTP. */
  readonly about?: Sentence;
  /** The verb makes a store where there is none. */
  readonly creates?: true;
}

/** What commands and queries have in common. */
interface Declared<Input extends z.ZodObject> extends Access {
  /** The method and the template of the path: `DELETE /keys/:key`. Without one only its own program asks. */
  readonly route?: string;
  /** The route has a twist (a header, a file, a cookie): a controller written by hand sends the class. */
  readonly byHand?: true;
  readonly cli?: Cli<keyof z.output<Input> & string>;
  /** What it is for: the summary of the API and the help of the command line. */
  readonly about: Sentence;
  readonly description?: string;
  readonly waits?: Wait;
  /** Segments of the path, and fields of the body or the query, by one name each. */
  readonly input: Input;
  /** Without one its route answers with something else than JSON. */
  readonly answer?: z.ZodType;
  /** 200 without one. */
  readonly status?: 200 | 201 | 202;
  /** Codes of the refusals that its callers meet. */
  readonly refusals?: readonly RefusalCode[];
  /**
   * The own names of what refusals blame: `{ password: 'next' }`. `body`: a file is all of it; null: it is
   * not in the request.
   */
  readonly blames?: Readonly<Record<string, (keyof z.output<Input> & string) | 'body' | null>>;
}

/** Whoever waits for a long use case. */
export interface Watcher {
  /** Is told how far it is. */
  readonly progress?: Progress | undefined;
  /** Aborted when nobody listens any more. */
  readonly signal?: AbortSignal | undefined;
}

/** A request of a session, which acts for its own login. */
export interface BySession {
  readonly live: LiveSession;
  readonly from: Origin;
  /** Why, where the request says so. */
  readonly reason: string | undefined;
}
/** Who acts, by the door: at an open one nobody is known, only from where the request comes. */
export interface ActsBy {
  readonly open: Origin;
  readonly session: BySession;
  readonly any: Caller;
}
/** Who asks, by the door; what is behind `any` is answered alike, whoever asks and watches. */
export interface AskedBy {
  readonly open: [from: Origin];
  readonly session: [by: BySession];
  readonly any: [watcher?: Watcher];
}

/** A use case that changes something: an `Answer`, or a report of what became of many. */
export interface CommandUseCase<
  Input extends z.ZodObject = z.ZodObject,
  Result = unknown,
  D extends Door = 'any',
> extends Declared<Input> {
  readonly door?: D;
  /** May answer that it is so already. */
  readonly unchanged?: boolean;
  run(product: Product, input: z.output<Input>, by: ActsBy[D], watcher: Watcher): Promise<Result>;
}

/** A use case that only answers. */
export interface QueryUseCase<
  Input extends z.ZodObject = z.ZodObject,
  Value = unknown,
  D extends Door = 'any',
> extends Declared<Input> {
  readonly door?: D;
  readonly effect: 'read';
  /** What there is none of when it answers undefined: `ACCOUNT`. */
  readonly sought?: Sought;
  run(product: Product, input: z.output<Input>, ...by: AskedBy[D]): Promise<Value>;
}

/** Declares a use case that changes something; its types follow from `input`, `door` and `run`. */
export const command = <Input extends z.ZodObject, Result, D extends Door = 'any'>(
  useCase: CommandUseCase<Input, Result, D>,
): CommandUseCase<Input, Result, D> => useCase;

/** Declares a use case that only answers. */
export const query = <Input extends z.ZodObject, Value, D extends Door = 'any'>(
  useCase: QueryUseCase<Input, Value, D>,
): QueryUseCase<Input, Value, D> => useCase;

/** What a question is refused with that found nothing. @param what e.g. `ACCOUNT` */
export const noSuch = (what: Sought, details?: Details): Rejection =>
  rejection(refusalOf(`NO_SUCH_${what}`), details);

const isCaller = (by: object): by is Caller => 'commandId' in by;

/** Whether it is an `Answer` that says that nothing was done. */
const isUndone = (result: unknown): boolean =>
  typeof result === 'object' &&
  result !== null &&
  'kind' in result &&
  ((result.kind === 'rejected' && !('carriedOut' in result)) || result.kind === 'nothing');

/**
 * Runs a command as its handler on the bus does: after what it waits for. What refuses it may be the very
 * state that its twin, the same request that came at the same moment, has made meanwhile, here or on another
 * server: then it is run again, and has the twin's answer.
 */
export async function perform<Input extends z.ZodObject, Result, D extends Door>(
  product: Product,
  useCase: CommandUseCase<Input, Result, D>,
  input: z.output<Input>,
  by: ActsBy[D],
  watcher: Watcher = {},
): Promise<Result> {
  if (useCase.waits) await product.ready(useCase.waits);
  const result = await useCase.run(product, input, by, watcher);
  if (!isUndone(result) || !isCaller(by) || !(await product.isRecorded(by))) return result;
  const again = await useCase.run(product, input, by, watcher);
  // What refused it after its own first step says why; whoever only meets that step knows less.
  return isUndone(again) ? result : again;
}

/** Asks a question as its handler on the bus does. */
export async function ask<Input extends z.ZodObject, Value, D extends Door>(
  product: Product,
  useCase: QueryUseCase<Input, Value, D>,
  input: z.output<Input>,
  ...by: AskedBy[D]
): Promise<Value> {
  if (useCase.waits) await product.ready(useCase.waits);
  return await useCase.run(product, input, ...by);
}
