import {
  ISSUER_STREAM,
  type IssuerProfile,
  POLICIES,
  POLICY_STREAM,
  type PolicyName,
  policyInForce,
  tariffStream,
} from '#contracts';
import { type RegistrationNumberWarning, registrationNumberWarning } from '#invoicing';
import { BusinessDay, canonicalJson, Instant, type Rejection } from '#kernel';
import type { ReadStore } from '#ports';
import {
  type CheckedTariff,
  decodeTariffRow,
  diffTariff,
  type EncodedTariffRow,
  encodeTariffRow,
  ledgerProblems,
  parseTariffCsv,
  type TariffRow,
} from '#rating';
import { type CatalogueFile, readCatalogue } from './catalogue-yaml.js';
import { derived, sha256 } from './command-log.js';
import { type Facts, runningIssuer, runningPolicy, runningTariff } from './facts.js';
import type { Caller, CatalogueService, FileProblem, TariffView } from './product.js';
import type { CommandRunner, Executed, Running } from './run-command.js';

/** One command of an import. */
interface Step {
  /** Why it would be refused now; undefined when it would not. */
  look(): Promise<Rejection | undefined>;
  run(): Promise<Executed<unknown>>;
  /** What the report says when it is done. */
  readonly says: string;
  /** Where it stands in the file. */
  readonly at: { readonly line: number; readonly field: string };
}

export class Catalogue implements CatalogueService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadStore,
    private readonly facts: Facts,
  ) {}

  async importTariffCsv(file: string, text: string, caller: Caller) {
    const checked = parseTariffCsv(text, file);
    const problems = problemsOf(checked, file);
    if (problems.length > 0) return { tariffs: [], problems };
    const steps = this.publications(checked.rows, caller);
    const refused = await this.carryOut(file, steps);
    if (refused) return { tariffs: [], problems: [refused] };
    const names = [...new Set(checked.rows.map(row => row.tariff))].sort();
    return { tariffs: await Promise.all(names.map(name => this.newest(name))), problems: [] };
  }

  async compareTariffCsv(file: string, text: string) {
    const checked = parseTariffCsv(text, file);
    const problems = problemsOf(checked, file);
    if (problems.length > 0) return { tariffs: [], problems };
    const names = [...new Set(checked.rows.map(row => row.tariff))].sort();
    const tariffs = names.map(async name => {
      const before = ((await this.facts.tariff(name))?.rows ?? []) as readonly EncodedTariffRow[];
      const after = checked.rows.filter(row => row.tariff === name).map(encodeTariffRow);
      return diffTariff(name, before, after);
    });
    return { tariffs: await Promise.all(tariffs), problems: [] };
  }

  async importCatalogueYaml(file: string, text: string, caller: Caller) {
    const { issuer, policies, tariff, problems } = readCatalogue(file, text);
    const all = [...problems, ...problemsOf(tariff, file)];
    if (all.length > 0) return { imported: [], problems: all, warnings: [] };
    const now = () => this.runner.clock.now();
    const steps: Step[] = [];
    if (issuer) {
      const { profile, line } = issuer;
      steps.push({
        ...this.step(
          runningIssuer,
          ISSUER_STREAM,
          profile,
          derived(caller, `${caller.commandId}/issuer`),
          () => ({
            type: 'RegisterIssuer',
            now: now(),
            profile,
          }),
        ),
        says: `issuer ${profile.name}`,
        at: { line, field: 'issuer' },
      });
    }
    for (const { name, value, validFrom, line } of policies) {
      const body = { name, value, validFrom };
      const by = derived(caller, `${caller.commandId}/policy/${name}/${validFrom}`);
      steps.push({
        ...this.step(runningPolicy, POLICY_STREAM, body, by, () => ({
          type: 'DecidePolicy',
          now: now(),
          ...body,
        })),
        says: `policy ${name}=${value} from ${BusinessDay.text(validFrom)}`,
        at: { line, field: `policy ${name}` },
      });
    }
    steps.push(...this.publications(tariff.rows, caller));
    const refused = await this.carryOut(file, steps);
    return refused
      ? { imported: [], problems: [refused], warnings: [] }
      : { imported: steps.map(step => step.says), problems: [], warnings: issuerWarnings(file, issuer) };
  }

  /** A command of an import, to be looked at and to be run. */
  private step<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    body: unknown,
    caller: Caller,
    command: () => Command,
  ): Pick<Step, 'look' | 'run'> {
    return {
      look: async () => {
        const before = await this.runner.recorded(caller.commandId, sha256(canonicalJson(body)));
        if (before) return before.kind === 'rejected' ? before.rejection : undefined;
        const outcome = running.decider.decide(command(), (await this.runner.load(running, stream)).state);
        return outcome.kind === 'rejected' ? outcome.rejection : undefined;
      },
      run: () => this.runner.run(running, stream, command, body, caller),
    };
  }

  /**
   * Everything or nothing: all steps are looked at before the first is done. The refusal, if there is one.
   */
  private async carryOut(file: string, steps: readonly Step[]): Promise<FileProblem | undefined> {
    for (const { look, at } of steps) {
      const refused = await look();
      if (refused) return { file, ...at, problem: refused.message };
    }
    for (const { run, at } of steps) {
      const done = await run();
      if (done.kind === 'rejected') return { file, ...at, problem: done.rejection.message };
    }
    return undefined;
  }

  /** A tariff as its own stream tells it: where read models follow later, it is not in them yet. */
  private async newest(tariff: string): Promise<TariffView> {
    const { version, rows, publishedAt } = (await this.facts.tariff(tariff))!;
    return { tariff, version, publishedAt: Instant.text(publishedAt!), rows: rows.length };
  }

  async tariffs(): Promise<readonly TariffView[]> {
    const found = await this.readModels.db.selectFrom('tariffs').selectAll().orderBy('tariff').execute();
    return (found as { tariff: string; version: number; published_at: Instant; row_count: number }[]).map(
      row => ({
        tariff: row.tariff,
        version: row.version,
        publishedAt: Instant.text(row.published_at),
        rows: row.row_count,
      }),
    );
  }

  async tariffRows(tariff: string) {
    const state = await this.facts.tariff(tariff);
    return state?.rows as readonly Readonly<Record<string, string>>[] | undefined;
  }

  issuer(): Promise<IssuerProfile> {
    return this.facts.issuer();
  }

  async policies(day: BusinessDay) {
    const state = await this.facts.policies();
    return (Object.keys(POLICIES) as PolicyName[]).map(name => {
      const { value, reference } = policyInForce(state, name, day);
      const validFrom = reference.slice(reference.indexOf('@') + 1, reference.lastIndexOf('='));
      return { name, value, validFrom, about: POLICIES[name].about };
    });
  }

  /** The tariffs of some rows, each as a whole; a tariff that is like this already stays as it is. */
  private publications(rows: readonly TariffRow[], caller: Caller): Step[] {
    const byName = new Map<string, TariffRow[]>();
    for (const row of rows) {
      const list = byName.get(row.tariff);
      if (list) list.push(row);
      else byName.set(row.tariff, [row]);
    }
    return [...byName].map(([tariff, own]) => {
      const encoded = own.map(encodeTariffRow);
      const hash = sha256(canonicalJson(encoded));
      const by = derived(caller, `${caller.commandId}/tariff/${tariff}`);
      const publish = () => ({
        type: 'PublishTariff' as const,
        now: this.runner.clock.now(),
        tariff,
        hash,
        rows: encoded,
      });
      return {
        ...this.step(runningTariff, tariffStream(tariff), { tariff, hash }, by, publish),
        says: `tariff ${tariff}`,
        at: { line: own[0]!.line, field: 'tariff' },
      };
    });
  }
}

const WARNINGS: Readonly<Record<RegistrationNumberWarning, string>> = {
  REGISTRATION_NUMBER_FORM: 'is not given: the invoices are no qualified invoices (適格請求書)',
  REGISTRATION_NUMBER_CHECK_DIGIT: 'has another check digit than a corporate number would have: is it right?',
};

/** J-01: the check digit of a corporate number is verified, else a warning. */
function issuerWarnings(file: string, issuer: CatalogueFile['issuer']): FileProblem[] {
  const warning = issuer && registrationNumberWarning(issuer.profile.registrationNumber);
  if (!warning) return [];
  return [{ file, line: issuer.line, field: 'registration_number', problem: WARNINGS[warning] }];
}

const TARIFF_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function problemsOf(checked: CheckedTariff, file: string): FileProblem[] {
  const problems: FileProblem[] = [...checked.problems, ...ledgerProblems(checked.rows, file)];
  for (const row of checked.rows) {
    if (TARIFF_NAME.test(row.tariff)) continue;
    problems.push({
      file,
      line: row.line,
      field: 'tariff',
      problem: 'must be 1-64 characters of A-Z a-z 0-9 . _ -',
    });
  }
  return problems;
}

/** Stored rows as the rating context prices with them. */
export const decodeRows = (rows: readonly unknown[]): TariffRow[] =>
  rows.map(row => decodeTariffRow(row as EncodedTariffRow));
