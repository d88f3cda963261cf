import { isMap, isScalar, type Node } from 'yaml';
import { type IssuerProfile } from '#contracts';
import {
  BusinessDay,
  charactersIn,
  InvalidInput,
  printProblem,
  problem,
  type SaidProblem,
  TAX_ROUNDINGS,
  type TaxRounding,
  textProblem,
  valueProblems,
} from '#kernel';
import { checkPolicy, type PolicyName } from '#policies';
import { type CheckedTariff, checkTariffRows, type RawTariffRow } from '#rating';
import { CATALOGUE_SCHEMA } from './catalogue-schema.js';
import { type PriceListInFile, readPriceLists } from './price-lists-yaml.js';
import { catalogueProblems } from './problems.js';
import { type ReadProblem, unknownEntry, YamlReader } from './yaml-reader.js';

/** A catalogue file, read and checked as far as one file can be. */
export interface CatalogueFile {
  readonly issuer: { readonly profile: IssuerProfile; readonly line: number } | null;
  readonly policies: readonly {
    readonly name: PolicyName;
    readonly value: string;
    readonly validFrom: BusinessDay;
    readonly line: number;
  }[];
  readonly tariff: CheckedTariff;
  readonly priceLists: readonly PriceListInFile[];
  readonly problems: readonly ReadProblem[];
}

const SECTIONS = Object.keys(CATALOGUE_SCHEMA.properties);
const ISSUER_FIELDS = ['name', 'postal_code', 'address', 'registration_number', 'phone', 'tax_rounding'];
const POLICY_FIELDS = ['name', 'value', 'valid_from'];

const ISSUER_TEXT_MAX = 200;

/** Every field of the issuer stands on its invoices. */
const issuerProblem = (text: string): SaidProblem | undefined =>
  charactersIn(text) > ISSUER_TEXT_MAX
    ? problem(valueProblems.TOO_LONG, { most: ISSUER_TEXT_MAX })
    : (textProblem(text) ?? printProblem(text));

function readIssuer(read: YamlReader): CatalogueFile['issuer'] {
  const node = read.section('issuer');
  if (node === null) return null;
  if (!isMap(node)) {
    read.bad(node, 'issuer', problem(catalogueProblems.NOT_A_MAPPING));
    return null;
  }
  const fields = read.fields(node, ISSUER_FIELDS);
  const text = (name: string): string => fields.get(name)?.text.normalize('NFC').trim() ?? '';
  const taxRounding = text('tax_rounding') || 'half_up';
  if (!(TAX_ROUNDINGS as readonly string[]).includes(taxRounding)) {
    const allowed = TAX_ROUNDINGS.join(', ');
    const wrong = problem(valueProblems.NOT_ONE_OF, { allowed });
    read.bad(fields.get('tax_rounding')?.node, 'tax_rounding', wrong);
  }
  if (text('name') === '') read.bad(node, 'name', problem(valueProblems.REQUIRED));
  for (const [name, { text: said, node: at }] of fields) {
    const wrong = issuerProblem(said.normalize('NFC').trim());
    if (wrong !== undefined) read.bad(at, name, wrong);
  }
  const registrationNumber = text('registration_number');
  if (registrationNumber !== '' && !/^T\d{13}$/.test(registrationNumber)) {
    const wrong = problem(catalogueProblems.NOT_A_REGISTRATION_NUMBER);
    read.bad(fields.get('registration_number')?.node, 'registration_number', wrong);
  }
  const profile = {
    name: text('name'),
    postalCode: text('postal_code'),
    address: text('address'),
    registrationNumber,
    phone: text('phone'),
    taxRounding: taxRounding as TaxRounding,
  };
  return { profile, line: read.line(node) };
}

function readPolicies(read: YamlReader): CatalogueFile['policies'] {
  const policies: CatalogueFile['policies'][number][] = [];
  const lines = new Map<string, number>();
  for (const entry of read.list('policies')) {
    const fields = read.fields(entry, POLICY_FIELDS);
    try {
      for (const name of POLICY_FIELDS)
        if (!fields.has(name)) throw InvalidInput.of(name, valueProblems.REQUIRED);
      const name = fields.get('name')!.text;
      const value = fields.get('value')!.text;
      checkPolicy(name, value, fields.has('name') ? `policy ${name}` : 'name');
      const validFrom = BusinessDay.parse(fields.get('valid_from')!.text, 'valid_from');
      const key = `${name} ${validFrom}`;
      const earlier = lines.get(key);
      if (earlier !== undefined)
        throw InvalidInput.of('valid_from', catalogueProblems.DECIDED_TWICE, { line: earlier, name });
      const line = read.line(entry);
      lines.set(key, line);
      policies.push({ name, value, validFrom, line });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      read.bad(fields.get(error.field)?.node ?? entry, error.field, error.said);
    }
  }
  return policies;
}

/** Tariff rows with the columns of tariff.csv as fields. */
function readTariff(read: YamlReader, file: string): CheckedTariff {
  const raws: RawTariffRow[] = read.list('tariffs').map(entry => {
    const fields: Record<string, string> = {};
    for (const [name, { text }] of read.fields(entry, null)) fields[name] = text;
    return { file, line: read.line(entry), fields };
  });
  return checkTariffRows(raws);
}

/** Never throws for what is in the file: every problem is named with its line. */
export function readCatalogue(file: string, text: string): CatalogueFile {
  const read = new YamlReader(file, text);
  const empty = { issuer: null, policies: [], tariff: { rows: [], problems: [] }, priceLists: [] };
  if (read.problems.length > 0) return { ...empty, problems: read.problems };
  if (!isMap(read.root)) {
    read.bad(read.root, null, problem(catalogueProblems.NOT_A_CATALOGUE, { known: SECTIONS.join(', ') }));
    return { ...empty, problems: read.problems };
  }
  for (const { key } of read.root.items) {
    const name = String(isScalar(key) ? key.value : key);
    if (!SECTIONS.includes(name)) read.bad(key as Node, name, unknownEntry(SECTIONS));
  }
  const issuer = readIssuer(read);
  const policies = readPolicies(read);
  const tariff = readTariff(read, file);
  const priceLists = readPriceLists(read);
  return { issuer, policies, tariff, priceLists, problems: read.problems };
}
