import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { harmless } from '#kernel';
import { SaidCommand } from './command.js';
import { codeOf, EXIT, type Failure, failureOf, Refused } from './failure.js';
import type { Host, OpenStore, StoreUse } from './host.js';
import { Invocation, languageOf } from './invocation.js';
import type { Io } from './io.js';
import { ACTOR, addOptions, COMMON, ID, type OptionSaid, REASON } from './options.js';
import { type Output, write } from './output.js';
import { commandRefusals } from './problems.js';
import type { Language, Words } from './text.js';
import { VERSION } from './version.js';

/** A verb of the command line: its words, what it does to the store, and its answer. */
export interface Verb {
  /** Commander's form: `create <account>`. */
  readonly usage: string;
  /** One line for the help and the reference. */
  readonly about: Words;
  /** What it does to the store; or what some calls of it do. */
  readonly store: StoreUse | ((invocation: Invocation) => StoreUse);
  /** The verb writes in the caller's name: it takes `--actor` and `--reason`, with `id` also `--id`. */
  readonly writes?: { readonly id: boolean };
  /** The verb needs what people sign in with; or only some calls of it do. */
  readonly logins?: true | ((invocation: Invocation) => boolean);
  readonly options?: readonly OptionSaid[];
  readonly run: (invocation: Invocation, host: Host) => Promise<Output>;
}

/** Adds a verb below `parent`. Every verb takes `--json`: what it answers is data first and text second. */
export type AddVerb = (parent: Command, verb: Verb) => void;
/** A command that has verbs below it. */
export type AddGroup = (name: string, about: Words, parent?: Command) => Command;
/** Adds the verbs of one file to the tree. */
export type Verbs = (program: Command, add: AddVerb, group: AddGroup) => void;

/** What commander says by itself in a help. */
const HELP = {
  ja: {
    about: 'Daicho (台帳)：クラウドPBXの課金とプリペイドの台帳',
    version: 'バージョンを表示する',
    help: 'このヘルプを表示する',
    helpOf: 'コマンドのヘルプを表示する',
    more: '（コマンドの一覧は daicho help）',
    titles: new Map([
      ['Usage:', '使い方:'],
      ['Arguments:', '引数:'],
      ['Options:', 'オプション:'],
      ['Commands:', 'コマンド:'],
    ]),
  },
  en: {
    about: 'Daicho (台帳): billing and prepaid ledger of a cloud PBX',
    version: 'print the version',
    help: 'print this help',
    helpOf: 'print the help of a command',
    more: '(daicho help shows the commands)',
    titles: new Map<string, string>(),
  },
} as const;

/** The language of what is said before, or in place of, an answer: the line is not read yet. */
function languageIn({ argv, env }: Io): Language {
  const at = argv.indexOf('--lang');
  const given = at >= 0 ? argv[at + 1] : argv.find(arg => arg.startsWith('--lang='))?.slice('--lang='.length);
  return languageOf(given === 'ja' || given === 'en' ? given : undefined, env);
}

const STORE_WAIT_MS = 200;
const STORE_TRIES = 25;

/**
 * The store for this verb, or the failure it ended with in the server that holds the store. A server that is
 * just starting, or another command at work, is given five seconds.
 */
async function acquire(
  invocation: Invocation,
  use: 'read' | 'write' | 'create',
  verb: Verb,
  host: Host,
): Promise<OpenStore | Failure> {
  const logins = typeof verb.logins === 'function' ? verb.logins(invocation) : verb.logins;
  for (let attempt = 1; ; attempt++) {
    const exit = await host.forward(invocation.directory, invocation.io);
    if (exit !== undefined) return { exit, text: '' };
    try {
      return await host.open(
        invocation.directory,
        use,
        logins ? await invocation.config({ DAICHO_LOG_LEVEL: 'silent' }) : undefined,
      );
    } catch (error) {
      if (codeOf(error) !== 'STORE_IN_USE' || attempt === STORE_TRIES) throw error;
      await sleep(STORE_WAIT_MS);
    }
  }
}

async function perform(verb: Verb, invocation: Invocation, host: Host): Promise<Failure> {
  const use = typeof verb.store === 'function' ? verb.store(invocation) : verb.store;
  if (use === 'alone' && host.serving !== null) {
    throw Refused.as(commandRefusals.STORE_IN_USE, { directory: host.serving });
  }
  if (use === 'none' || use === 'alone')
    return write(await verb.run(invocation, host), invocation.io, invocation);
  const store = await acquire(invocation, use, verb, host);
  if ('exit' in store) return store;
  try {
    invocation.product = store.product;
    invocation.buses = store.buses;
    return await write(await verb.run(invocation, host), invocation.io, invocation);
  } finally {
    await store.release();
  }
}

/** The whole tree. Nothing heavy is loaded until a verb runs. */
export function buildProgram(
  verbs: readonly Verbs[],
  io: Io,
  host: Host,
  ended: (failure: Failure) => void,
): Command {
  const language = languageIn(io);
  const help = HELP[language];
  const said = ({ [language]: about }: Words): string => `${about[0]!.toUpperCase()}${about.slice(1)}`;
  const program = new SaidCommand(language, 'daicho')
    .description(help.about)
    .version(VERSION, '-V, --version', help.version)
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.helpOf)
    .showHelpAfterError(help.more)
    .configureHelp({ styleTitle: title => help.titles.get(title) ?? title });
  addOptions(program, COMMON, language);
  const add: AddVerb = (parent, verb) => {
    const { options = [], writes } = verb;
    const command = parent.command(verb.usage).description(said(verb.about));
    const own = options.some(({ flags }) => flags.startsWith('--reason ')) ? [] : [REASON];
    const caller = writes ? [ACTOR, ...own, ...(writes.id ? [ID] : [])] : [];
    addOptions(command, [...options, ...caller, ...COMMON], language);
    command.action(async (...given: unknown[]) => {
      const args = given.slice(0, -2);
      ended(await perform(verb, new Invocation(io, args, command.optsWithGlobals()), host));
    });
  };
  const group: AddGroup = (name, about, parent = program) => parent.command(name).description(said(about));
  for (const register of verbs) register(program, add, group);
  return program;
}

function applyToTree(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const child of command.commands) applyToTree(child, change);
}

/** Runs one command and answers its exit code. Never throws; says every failure on `io.err`. */
export async function runCommand(verbs: readonly Verbs[], io: Io, host: Host): Promise<Failure['exit']> {
  let failure: Failure = { exit: EXIT.done, text: '' };
  let out = '';
  let err = '';
  try {
    const program = buildProgram(verbs, io, host, ended => {
      failure = ended;
    });
    applyToTree(program, command =>
      command.exitOverride().configureOutput({
        writeOut: text => (out += text),
        writeErr: text => (err += text),
        outputError: (text, write) => write(text.replace(/^error: /, 'USAGE: ')),
        getOutHelpWidth: () => io.terminal.columns,
        getErrHelpWidth: () => io.terminal.columns,
      }),
    );
    await program.parseAsync([...io.argv], { from: 'user' });
  } catch (error) {
    failure = failureOf(error, { debug: Boolean(io.env['DAICHO_DEBUG']), language: languageIn(io) });
  }
  try {
    if (out !== '') await io.out(out);
    if (err !== '' || failure.text !== '')
      await io.err(harmless(failure.text === '' ? err : `${err}${failure.text}\n`, { lines: true }));
  } catch {
    // Nobody reads any more; the exit code stands.
  }
  return failure.exit;
}
