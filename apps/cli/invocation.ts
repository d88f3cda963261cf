import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Command, Query } from '@nestjs/cqrs';
import type { Config } from '#config';
import {
  type AccountId,
  BusinessMonth,
  type Fillings,
  Instant,
  InvalidInput,
  inBoth,
  Money,
  outsideId,
  parseAccountId,
  parseOwnCommandId,
  textProblem,
  toldUnchanged,
  type Unchanged,
  valueProblems,
} from '#kernel';
import type { Buses } from '#nest';
import { type Answer, type Caller, noSuch, type Page, type Product } from '#runtime';
import { Refused, WrongUsage } from './failure.js';
import type { Io } from './io.js';
import type { Document } from './output.js';
import { cliProblems, usageProblems } from './problems.js';
import type { Language } from './text.js';

type Given = Readonly<Record<string, unknown>>;

/** `--incoming-discount` is `incomingDiscount` to commander. */
const keyOf = (option: string): string =>
  option.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** Options for people's words, which are always the same characters; names of files are as they are. */
const WORDS = new Set(['name', 'reason', 'search', 'label', 'counterparty']);

/** @throws InvalidInput naming the option */
function seen(text: string, field: string): string {
  const problem = textProblem(text);
  if (problem !== undefined) throw new InvalidInput(field, problem);
  return text;
}

/** The language that was asked for, else that of the machine. @throws InvalidInput for another */
export function languageOf(given: unknown, env: Io['env']): Language {
  if (given === 'ja' || given === 'en') return given;
  if (given !== undefined) throw InvalidInput.of('--lang', cliProblems.LANGUAGE);
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.startsWith('ja') ? 'ja' : 'en';
}

/** One command as it was given: words turned into kernel types, every fault naming its option. */
export class Invocation {
  readonly language: Language;
  readonly json: boolean;
  /** The data directory, absolute. */
  readonly directory: string;
  #product: Product | undefined;
  /** Set before a verb that uses the store runs. */
  buses: Pick<Buses, 'commands' | 'queries'> | undefined;

  constructor(
    readonly io: Io,
    private readonly args: readonly unknown[],
    private readonly options: Given,
  ) {
    this.language = languageOf(options['lang'], io.env);
    this.json = options['json'] === true;
    this.directory = resolve(io.cwd, this.text('data') ?? (io.env['DAICHO_DATA'] || 'data'));
  }

  /** Set before a verb that uses the store runs. */
  get product(): Product {
    if (!this.#product) throw new Error('this verb declares no use of the store');
    return this.#product;
  }
  set product(product: Product) {
    this.#product = product;
  }

  /** Sends a command; the caller's id, and why, are those of the options. */
  do<Result>(command: Command<Result>): Promise<Result> {
    return this.#opened().commands.execute(command);
  }

  /** Asks a question. */
  ask<Value>(query: Query<Value>): Promise<Value> {
    return this.#opened().queries.execute(query);
  }

  #opened(): Pick<Buses, 'commands' | 'queries'> {
    if (!this.buses) throw new Error('this verb declares no use of the store');
    return this.buses;
  }

  /**
   * The configuration of this command: the environment, over it its own flags.
   * @throws WrongConfiguration
   */
  async config(flags: Readonly<Record<string, string | undefined>> = {}): Promise<Config> {
    const { readConfig } = await import('#config');
    const said = Object.entries(flags).filter(([, value]) => value !== undefined);
    return readConfig({ ...this.io.env, DAICHO_DATA: this.directory, ...Object.fromEntries(said) });
  }

  /** @throws InvalidInput for a text that holds what cannot be seen */
  text(option: string): string | undefined {
    const value = this.options[keyOf(option)];
    if (typeof value !== 'string') return undefined;
    const text = seen(value, `--${option}`);
    return WORDS.has(option) ? text.normalize('NFC') : text;
  }

  /** @throws WrongUsage when the option is not there. */
  need(option: string): string {
    const value = this.text(option);
    if (value === undefined) throw WrongUsage.of(usageProblems.REQUIRED_HERE, { option });
    return value;
  }

  texts(option: string): readonly string[] {
    const value = this.options[keyOf(option)];
    return Array.isArray(value) ? value.map(one => seen(String(one), `--${option}`)) : [];
  }

  flag(option: string): boolean {
    return this.options[keyOf(option)] === true;
  }

  arg(index: number): string {
    return seen(String(this.args[index] ?? ''), `argument ${index + 1}`);
  }

  /** The last argument of a verb that takes many. */
  argList(index: number): readonly string[] {
    const value = this.args[index];
    return Array.isArray(value) ? value.map(String) : [];
  }

  path(file: string): string {
    return resolve(this.io.cwd, file);
  }

  account(): AccountId {
    return parseAccountId(this.need('account'), '--account');
  }

  accountIfAny(): AccountId | undefined {
    return this.text('account') === undefined ? undefined : this.account();
  }

  /** @throws Refused for an account that does not exist: an empty list would look like an answer. */
  async knownAccountIfAny(): Promise<AccountId | undefined> {
    const account = this.accountIfAny();
    if (account === undefined) return undefined;
    // On a cluster another process may have opened it a moment ago.
    await this.product.ready('log');
    if (await this.product.accounts.known(account)) return account;
    throw Refused.of(noSuch('ACCOUNT', { account }));
  }

  async knownAccount(): Promise<AccountId> {
    return (await this.knownAccountIfAny()) ?? this.account();
  }

  month(): BusinessMonth {
    return BusinessMonth.parse(this.need('month'), '--month');
  }

  monthIfAny(): BusinessMonth | undefined {
    return this.text('month') === undefined ? undefined : this.month();
  }

  money(option: string): Money {
    return Money.typed(this.need(option), `--${option}`);
  }

  instantIfAny(option: string): Instant | undefined {
    const text = this.text(option);
    return text === undefined ? undefined : Instant.parse(text, `--${option}`);
  }

  /** A whole number of at least `least`. @throws InvalidInput naming the option. */
  countIfAny(option: string, least = 0): number | undefined {
    const text = this.text(option);
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text) || Number(text) < least)
      throw InvalidInput.of(`--${option}`, cliProblems.AT_LEAST, { least });
    return Number(text);
  }

  /** One of the allowed words. @throws InvalidInput naming the option and the words. */
  choice<Word extends string>(option: string, words: readonly Word[], standard?: Word): Word {
    const text = this.text(option) ?? standard ?? this.need(option);
    const word = words.find(candidate => candidate === text);
    if (!word) throw InvalidInput.of(`--${option}`, valueProblems.NOT_ONE_OF, { allowed: words.join(', ') });
    return word;
  }

  /** Who does it and why, and the command id: `--id`, else the derived one, else a random one. */
  caller(derivedId?: string): Caller {
    const id = this.text('actor') ?? `cli:${this.io.user.replace(/[^\x21-\x7e]/g, '_') || 'unknown'}`;
    if (!/^[\x21-\x7e]{1,100}$/.test(id))
      throw InvalidInput.of('--actor', valueProblems.NOT_AN_ID, { most: 100 });
    const reason = this.text('reason');
    const given = this.text('id');
    const commandId =
      given === undefined ? (derivedId ?? randomUUID()) : outsideId(id, parseOwnCommandId(given, '--id'));
    return { actor: reason === undefined ? { id } : { id, reason }, commandId };
  }

  /** The words of an answer in the caller's language. */
  say(ja: string, en: string): string {
    return this.language === 'ja' ? ja : en;
  }
}

/** The answer of a command as output. @throws Refused for a rejection. */
export function asDocument<Value extends object>(
  answer: Answer<Value>,
  human: (value: Value, language: Language) => string,
): Document {
  switch (answer.kind) {
    case 'rejected':
      throw Refused.of(answer.rejection);
    case 'nothing':
      return unchanged(answer.reason);
    case 'done': {
      const { value, position, replayed } = answer;
      const again = { ja: '（実行済みの命令です）\n', en: '(this command was done before)\n' };
      return {
        kind: 'document',
        value: { outcome: 'done', ...value, position, replayed },
        human: language => human(value, language) + (replayed ? again[language] : ''),
      };
    }
  }
}

/** Nothing happened, and that is right. */
export function unchanged(reason: Unchanged, facts: Fillings = {}): Document {
  const said = { code: reason.code, ...inBoth(reason, facts) };
  return {
    kind: 'document',
    value: { outcome: 'nothing', ...toldUnchanged(said) },
    human: language => `${language === 'ja' ? '変更なし' : 'nothing to do'}: ${said[language]}\n`,
  };
}

/** Rows of one page asked for at once. */
const PAGE = 500;

/** All rows of a paged query, at most `limit`. */
export async function* allRows<Row>(
  page: (request: { limit: number; cursor?: string }) => Promise<Page<Row>>,
  limit = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<Row> {
  let left = limit;
  let cursor: string | null = null;
  while (left > 0) {
    const request: { limit: number; cursor?: string } = { limit: Math.min(PAGE, left) };
    if (cursor !== null) request.cursor = cursor;
    const { rows, next }: Page<Row> = await page(request);
    yield* rows;
    left -= rows.length;
    if (next === null || rows.length === 0) return;
    cursor = next;
  }
}
