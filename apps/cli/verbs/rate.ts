import { InvalidInput, problem, quotedCell, type SaidProblem, toldProblem } from '#kernel';
import { type FileProblem } from '#runtime';
import { BadFile, problemText } from '../failure.js';
import { MAX_LINE, readLines, readText, type TextLine } from '../files.js';
import type { Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Finding, Output } from '../output.js';
import { cliProblems } from '../problems.js';
import type { Verbs } from '../program.js';

type Rating = typeof import('#rating');
type Tariffs = Map<string, import('#rating').TariffIndex>;

/** One line of the answer (INTERFACES: rate). Amounts are decimal texts in yen without tax. */
const COLUMNS = [
  'call_id',
  'category',
  'prefix',
  'destination',
  'charged_s',
  'increments',
  'amount',
  'tax_category',
  'tariff_row',
] as const;
type Priced = Record<(typeof COLUMNS)[number], string | number | null>;
type Unpriced = { readonly call_id: string; readonly error: 'NO_RATE' };

/** Bad lines that are named one by one; the rest is counted. */
const NAMED_PROBLEMS = 20;

class RateRun {
  calls = 0;
  unpriced = 0;
  readonly problems: FileProblem[] = [];
  bad = 0;
  #reader: import('#rating').CdrCsvReader | undefined;

  constructor(
    readonly rating: Rating,
    private readonly tariffs: Tariffs,
    private readonly file: string,
  ) {}

  /** The answer for one line; undefined for the header, an empty line and a line that cannot be read. */
  price({ line, text }: TextLine): Priced | Unpriced | undefined {
    if (text === null)
      return this.#refuse(line, 'line', problem(cliProblems.LINE_TOO_LONG, { most: MAX_LINE }));
    if (!this.#reader) {
      this.#reader = this.#open(text);
      return undefined;
    }
    if (text === '' || text === '\r') return undefined;
    const cdr = this.#reader.parse(text);
    if (this.rating.isLineProblem(cdr)) return this.#refuse(line, cdr.field, cdr.problem);
    this.calls += 1;
    const tariff = this.tariffs.size > 1 ? this.tariffs.get(cdr.account) : [...this.tariffs.values()][0];
    const rated = tariff
      ? this.rating.rateCall(cdr, tariff, this.rating.directoryOfTariff(tariff))
      : 'NO_RATE';
    if (typeof rated !== 'string') return this.#answer(cdr.callId, rated);
    this.unpriced += 1;
    return { call_id: cdr.callId, error: 'NO_RATE' };
  }

  /** @throws InvalidInput naming the file and the column. */
  #open(header: string): import('#rating').CdrCsvReader {
    try {
      return new this.rating.CdrCsvReader(header);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      throw new InvalidInput(`${this.file}:1: ${error.field}`, error.said);
    }
  }

  #refuse(line: number, field: string, said: SaidProblem): undefined {
    this.bad += 1;
    if (this.bad <= NAMED_PROBLEMS)
      this.problems.push({ file: this.file, line, field, ...toldProblem(said) });
    return undefined;
  }

  #answer(callId: string, { priced, category, tax }: import('#rating').RatedCall): Priced {
    return {
      call_id: callId,
      category,
      prefix: priced?.row.prefix ?? null,
      destination: priced?.row.destination ?? null,
      charged_s: priced?.chargedSeconds ?? 0,
      increments: priced?.increments ?? 0,
      amount: priced ? this.rating.amountText(priced) : '0',
      tax_category: tax,
      tariff_row: priced?.row.line ?? null,
    };
  }
}

/** In the CSV the word stands where the amount would: the columns stay the same. */
const csvLine = (row: Priced | Unpriced): string => {
  const cell = (column: (typeof COLUMNS)[number]) =>
    'error' in row ? unpricedCell(row, column) : row[column];
  return `${COLUMNS.map(column => quotedCell(String(cell(column) ?? ''))).join(',')}\n`;
};

const unpricedCell = (row: Unpriced, column: (typeof COLUMNS)[number]): string | null =>
  column === 'call_id' ? row.call_id : column === 'amount' ? row.error : null;

async function* texts(run: RateRun, invocation: Invocation, file: string): AsyncGenerator<string> {
  if (!invocation.json) yield `${COLUMNS.join(',')}\n`;
  let lines = 0;
  for await (const batch of readLines(invocation.path(file), file)) {
    let text = '';
    for (const line of batch) {
      lines += 1;
      const row = run.price(line);
      if (row) text += invocation.json ? `${JSON.stringify(row)}\n` : csvLine(row);
    }
    if (text !== '') yield text;
  }
  if (lines === 0) throw InvalidInput.of(`${file}:1: header`, run.rating.csvProblems.NO_HEADER);
  if (run.bad === 0) return;
  for (const one of run.problems)
    await invocation.io.err(`INVALID_LINE: ${problemText(one, invocation.language)}\n`);
  throw InvalidInput.of(file, cliProblems.INVALID_LINES, { lines: run.bad });
}

async function rate(invocation: Invocation): Promise<Output> {
  const rating = await import('#rating');
  const tariffFile = invocation.need('tariff');
  const { rows, problems } = rating.parseTariffCsv(
    await readText(invocation.path(tariffFile), tariffFile),
    tariffFile,
  );
  if (problems.length > 0)
    throw new BadFile(problems.map(({ problem, ...at }) => ({ ...at, ...toldProblem(problem) })));
  const run = new RateRun(rating, rating.indexTariffs(rows), invocation.arg(0));
  const finding = (): Finding | undefined =>
    run.unpriced === 0
      ? undefined
      : {
          code: 'NO_RATE',
          message: invocation.say(
            `通話 ${run.calls} 件のうち ${run.unpriced} 件に当てはまる料金が ${tariffFile} にありません`,
            `${run.unpriced} of ${run.calls} calls have no price in ${tariffFile}`,
          ),
        };
  return { kind: 'pieces', pieces: texts(run, invocation, invocation.arg(0)), finding };
}

export const rateVerbs: Verbs = (program, add) =>
  add(program, {
    usage: 'rate <cdr>',
    about: {
      ja: 'CDRファイルを料金表ファイルで計算する。ストアは使わず、1通話1行をCSVかJSON Linesで出力',
      en: 'price a CDR file with a tariff file, without a store: one line per call, CSV or JSON Lines',
    },
    store: 'none',
    options: [
      option(
        '--tariff <file>',
        {
          ja: '料金表のCSV。複数の料金表があるときは、account 列の名前のものを使う',
          en: 'tariff CSV; of several tariffs, the one named in the account column is taken',
        },
        { required: true },
      ),
    ],
    run: rate,
  });
