import {
  ISSUER_STREAM,
  type IssuerProfile,
  POLICIES,
  POLICY_STREAM,
  type PolicyName,
  policyInForce,
  tariffStream,
} from '#contracts';
import { BusinessDay, canonicalJson, Instant } from '#kernel';
import type { ReadStore } from '#ports';
import {
  type CheckedTariff,
  decodeTariffRow,
  type EncodedTariffRow,
  encodeTariffRow,
  ledgerProblems,
  parseTariffCsv,
  type TariffRow,
} from '#rating';
import { readCatalogue } from './catalogue-yaml.js';
import { derived, sha256 } from './command-log.js';
import { type Facts, runningIssuer, runningPolicy, runningTariff } from './facts.js';
import type { Caller, CatalogueService, FileProblem, TariffView } from './product.js';
import type { CommandRunner } from './run-command.js';

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
    const names = await this.publish(checked.rows, caller);
    const published = await this.tariffs();
    return { tariffs: published.filter(t => names.has(t.tariff)), problems: [] };
  }

  async importCatalogueYaml(file: string, text: string, caller: Caller) {
    const { issuer, policies, tariff, problems } = readCatalogue(file, text);
    const all = [...problems, ...problemsOf(tariff, file)];
    if (all.length > 0) return { imported: [], problems: all };
    const imported: string[] = [];
    const now = () => this.runner.clock.now();
    if (issuer) {
      const done = await this.runner.run(
        runningIssuer,
        ISSUER_STREAM,
        () => ({ type: 'RegisterIssuer', now: now(), profile: issuer.profile }),
        issuer.profile,
        derived(caller, `${caller.commandId}/issuer`),
      );
      if (done.kind === 'rejected') {
        return {
          imported,
          problems: [{ file, line: issuer.line, field: 'issuer', problem: done.rejection.message }],
        };
      }
      imported.push(`issuer ${issuer.profile.name}`);
    }
    for (const { name, value, validFrom } of policies) {
      await this.runner.run(
        runningPolicy,
        POLICY_STREAM,
        () => ({ type: 'DecidePolicy', now: now(), name, value, validFrom }),
        { name, value, validFrom },
        derived(caller, `${caller.commandId}/policy/${name}/${validFrom}`),
      );
      imported.push(`policy ${name}=${value} from ${BusinessDay.text(validFrom)}`);
    }
    for (const name of await this.publish(tariff.rows, caller)) imported.push(`tariff ${name}`);
    return { imported, problems: [] };
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

  /**
   * Publishes the tariffs of some rows, each as a whole; a tariff that is like this already stays as it is.
   */
  private async publish(rows: readonly TariffRow[], caller: Caller): Promise<Set<string>> {
    const byName = new Map<string, EncodedTariffRow[]>();
    for (const row of rows) {
      const list = byName.get(row.tariff);
      if (list) list.push(encodeTariffRow(row));
      else byName.set(row.tariff, [encodeTariffRow(row)]);
    }
    for (const [tariff, encoded] of byName) {
      const hash = sha256(canonicalJson(encoded));
      await this.runner.run(
        runningTariff,
        tariffStream(tariff),
        () => ({ type: 'PublishTariff' as const, now: this.runner.clock.now(), tariff, hash, rows: encoded }),
        { tariff, hash },
        derived(caller, `${caller.commandId}/tariff/${tariff}`),
      );
    }
    return new Set(byName.keys());
  }
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
