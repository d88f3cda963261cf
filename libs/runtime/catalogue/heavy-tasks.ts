import { createHash } from 'node:crypto';
import type { NumberPlan } from '#contracts';
import { type InvoiceDocument, type InvoicePrintOptions, type UsageStatement } from '#invoicing';
import { canonicalJson, type Language, problem, toldProblem } from '#kernel';
import {
  type CheckedTariff,
  diffTariff,
  type EncodedTariffRow,
  encodeTariffRow,
  ledgerProblems,
  parseTariffCsv,
  type TariffDiff,
  type TariffRow,
} from '#rating';
import { type NumberFile, readNumberFile } from '../numbers/number-file.js';
import type { Faults } from '../product.views.js';
import { type CatalogueFile, readCatalogue } from './catalogue-yaml.js';
import { productView } from './price-lists.js';
import type { PriceListInFile } from './price-lists-yaml.js';
import { catalogueProblems } from './problems.js';
import type { ReadProblem } from './yaml-reader.js';

/** The problems of a file that are told; of more only their number is: nobody reads a hundred thousand. */
export const PROBLEMS_TOLD = 200;
/** Each tariff is a stream and a command of its own. */
const TARIFFS_MAX = 1_000;

/** One tariff of a file, in the form in which it is published. */
export interface TariffInFile {
  readonly tariff: string;
  /** Line of its first row. */
  readonly line: number;
  /** SHA-256 of the rows' canonical JSON. */
  readonly hash: string;
  readonly rows: readonly EncodedTariffRow[];
}

/** A tariff file, read and checked; with a problem it holds no tariffs. */
export interface TariffFile extends Faults {
  readonly tariffs: readonly TariffInFile[];
}

/** One version of a price list of a file, in the form in which it is published. */
export interface PriceListToPublish extends PriceListInFile {
  /** SHA-256 of the products' canonical JSON, as the event stores them. */
  readonly hash: string;
}

/** A catalogue file, read and checked; with a problem it holds nothing. */
export interface WholeCatalogue extends Pick<CatalogueFile, 'issuer' | 'policies'>, TariffFile {
  readonly priceLists: readonly PriceListToPublish[];
}

/** The work of the product that takes long: whole files, and papers. */
export interface HeavyTasks {
  readTariffFile(file: string, text: string): TariffFile;
  readCatalogueFile(file: string, text: string): WholeCatalogue;
  readNumberFile(text: string, plan: NumberPlan): NumberFile;
  compareTariff(
    tariff: string,
    before: readonly EncodedTariffRow[],
    after: readonly EncodedTariffRow[],
  ): TariffDiff;
  invoicePdf(document: InvoiceDocument, options: InvoicePrintOptions): Promise<Uint8Array>;
  statementPdf(
    statement: UsageStatement,
    meta: { readonly recipient: string; readonly issuer: string; readonly language: Language },
  ): Promise<Uint8Array>;
}
export type FileTasks = Pick<
  HeavyTasks,
  'readTariffFile' | 'readCatalogueFile' | 'compareTariff' | 'readNumberFile'
>;

export function told(all: readonly ReadProblem[]): Faults {
  const more = all.length - PROBLEMS_TOLD;
  const problems = all
    .slice(0, PROBLEMS_TOLD)
    .map(({ problem, ...at }) => ({ ...at, ...toldProblem(problem) }));
  return more > 0 ? { problems, more } : { problems };
}

const hashOf = (rows: unknown): string => createHash('sha256').update(canonicalJson(rows)).digest('hex');

const TARIFF_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Problems of the rows and, without any, the tariffs that they make. */
function tariffsOf(checked: CheckedTariff, file: string, before: readonly ReadProblem[] = []): TariffFile {
  const problems: ReadProblem[] = [...before, ...checked.problems, ...ledgerProblems(checked.rows, file)];
  const byName = new Map<string, TariffRow[]>();
  for (const row of checked.rows) {
    const { tariff, line } = row;
    const own = byName.get(tariff);
    if (own) own.push(row);
    else byName.set(tariff, [row]);
    if (!TARIFF_NAME.test(tariff)) {
      const wrong = problem(catalogueProblems.NOT_A_TARIFF_NAME);
      problems.push({ file, line, field: 'tariff', problem: wrong });
    }
    if (!own && byName.size === TARIFFS_MAX + 1) {
      const tooMany = problem(catalogueProblems.TOO_MANY_TARIFFS, { most: TARIFFS_MAX });
      problems.push({ file, line, field: 'tariff', problem: tooMany });
    }
  }
  if (problems.length > 0) return { tariffs: [], ...told(problems) };
  const tariffs = [...byName].map(([tariff, own]): TariffInFile => {
    const rows = own.map(encodeTariffRow);
    return { tariff, line: own[0]!.line, hash: hashOf(rows), rows };
  });
  return { tariffs, problems: [] };
}

export const FILE_TASKS: FileTasks = {
  readTariffFile: (file, text) => tariffsOf(parseTariffCsv(text, file), file),
  readCatalogueFile(file, text) {
    const { issuer, policies, tariff, priceLists, problems } = readCatalogue(file, text);
    const read = tariffsOf(tariff, file, problems);
    if (read.problems.length > 0) return { ...read, issuer: null, policies: [], priceLists: [] };
    const hashed = priceLists.map(list => ({ ...list, hash: hashOf(list.products.map(productView)) }));
    return { ...read, issuer, policies, priceLists: hashed };
  },
  compareTariff: diffTariff,
  readNumberFile,
};
