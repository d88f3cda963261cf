import { join } from 'node:path';
import type { CommandClass, QueryClass } from '#nest';
import type { Product } from '#runtime';
import { type ExitCode, Refused } from './failure.js';
import type { Host, OpenStore } from './host.js';
import type { Io } from './io.js';
import { commandRefusals } from './problems.js';
import { runCommand } from './program.js';
import { VERBS } from './verbs/index.js';

export const repository = join(import.meta.dirname, '..', '..');
export const fixture = (...path: string[]): string => join(repository, 'test', 'fixtures', ...path);

export interface Ran {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface RecordingIo extends Io {
  readonly said: { out: Buffer[]; err: string };
}

/** A caller whose streams are kept. */
export function recordingIo(argv: readonly string[], given: Partial<Io> = {}): RecordingIo {
  const said = { out: [] as Buffer[], err: '' };
  return {
    argv,
    cwd: repository,
    env: {},
    user: 'tester',
    terminal: { out: false, err: false, columns: 100 },
    out: async chunk => void said.out.push(Buffer.from(chunk)),
    err: async text => {
      said.err += text;
    },
    secret: async () => {
      throw Refused.as(commandRefusals.NO_PASSWORD);
    },
    stop: new AbortController().signal,
    ...given,
    said,
  };
}

const nothingHere = async (): Promise<never> => {
  throw Refused.as(commandRefusals.NO_STORE, { directory: 'tests' });
};

type Made<One> = { readonly constructor: One };
type Sent = InstanceType<CommandClass> & Made<CommandClass>;
type Asked = InstanceType<QueryClass> & Made<QueryClass>;

/** A store over this product whose buses run the use cases themselves. */
export function storeWith(product: Product): OpenStore {
  const execute = async ({ input, by, watcher, constructor: one }: Sent) =>
    one.useCase.run(product, input, by, watcher);
  const ask = async ({ input, by, constructor: one }: Asked) => one.useCase.run(product, input, ...by);
  const buses = { commands: { execute }, queries: { execute: ask } } as unknown as OpenStore['buses'];
  return { product, buses, release: async () => {} };
}

/** A host with this product, or with none. */
export function hostWith(product?: Product, given: Partial<Host> = {}): Host {
  return {
    serving: null,
    forward: async () => undefined,
    open: async () => (product ? storeWith(product) : nothingHere()),
    restore: nothingHere,
    moveStore: nothingHere,
    startServer: nothingHere,
    takeCommands: nothingHere,
    ...given,
  };
}

/** Runs one command in this process. */
export async function ran(argv: readonly string[], host = hostWith(), given: Partial<Io> = {}): Promise<Ran> {
  const io = recordingIo(argv, given);
  const exit = await runCommand(VERBS, io, host);
  return { exit, out: Buffer.concat(io.said.out).toString('utf8'), err: io.said.err };
}

/** The rows of a JSON Lines output. */
export const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as unknown);
