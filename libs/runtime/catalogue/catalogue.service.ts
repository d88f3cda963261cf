import { ISSUER_STREAM, type IssuerProfile, tariffStream } from '#contracts';
import { type RegistrationNumberWarning, registrationNumberWarning } from '#invoicing';
import {
  BusinessDay,
  canonicalJson,
  detailsOf,
  Instant,
  type ProblemKind,
  problem,
  type Rejection,
  saidOf,
  type ToldProblem,
  toldProblem,
} from '#kernel';
import { POLICIES, POLICY_NAMES, POLICY_STREAM, policyInForce } from '#policies';
import { type HeavyWork, inThisThread } from '#ports';
import { decodeTariffRow, type EncodedTariffRow, type TariffDiff, type TariffRow } from '#rating';
import { sha256, stepOf } from '../engine/command-log.js';
import { type Facts, runningIssuer, runningPolicy, runningTariff } from '../engine/facts.js';
import type { CommandRunner, Executed, Running } from '../engine/run-command.js';
import type { Caller, Faults, FileProblem } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { TariffView } from './catalogue.shapes.js';
import type { CatalogueFile } from './catalogue-yaml.js';
import {
  FILE_TASKS,
  type FileTasks,
  type HeavyTasks,
  type TariffInFile,
  type WholeCatalogue,
} from './heavy-tasks.js';
import { catalogueProblems } from './problems.js';
import { publishedTariffs } from './tariffs.queries.js';

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

const SMALL_FILE = 20_000;
const HERE = inThisThread(FILE_TASKS);

export class Catalogue {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly work: HeavyWork<HeavyTasks>,
  ) {}

  /** Publishes every tariff of the file or none. `problems` not empty: nothing was imported. */
  async importTariffCsv(
    file: string,
    text: string,
    caller: Caller,
  ): Promise<Faults & { readonly tariffs: readonly TariffView[] }> {
    const read = await this.reading(text).run(caller.actor.id, 'readTariffFile', file, text);
    if (read.problems.length > 0) return { ...read, tariffs: [] };
    const refused = await this.carryOut(file, this.publications(read.tariffs, caller));
    if (refused) return { tariffs: [], problems: [refused] };
    const names = read.tariffs.map(({ tariff }) => tariff).sort();
    return { tariffs: await Promise.all(names.map(name => this.newest(name))), problems: [] };
  }

  /** What `importTariffCsv` would change; nothing is written. `whose`: who asks, by its actor's id. */
  async compareTariffCsv(
    file: string,
    text: string,
    whose = 'anybody',
  ): Promise<Faults & { readonly tariffs: readonly TariffDiff[] }> {
    const read = await this.reading(text).run(whose, 'readTariffFile', file, text);
    if (read.problems.length > 0) return { ...read, tariffs: [] };
    const inOrder = read.tariffs.toSorted((a, b) => (a.tariff < b.tariff ? -1 : 1));
    const compared = inOrder.map(async ({ tariff, rows }) => {
      const before = ((await this.facts.tariff(tariff))?.rows ?? []) as readonly EncodedTariffRow[];
      const work = before.length > 1_000 ? this.work : this.reading(text);
      return work.run(whose, 'compareTariff', tariff, before, rows);
    });
    return { tariffs: await Promise.all(compared), problems: [] };
  }

  /**
   * issuer, policies and tariffs, effective-dated; everything or nothing. Warnings refuse nothing: what was
   * imported deserves a second look.
   */
  async importCatalogueYaml(
    file: string,
    text: string,
    caller: Caller,
  ): Promise<Faults & { readonly imported: readonly string[]; readonly warnings: readonly FileProblem[] }> {
    const read = await this.reading(text).run(caller.actor.id, 'readCatalogueFile', file, text);
    const { issuer, problems, more } = read;
    if (problems.length > 0)
      return { imported: [], problems, ...(more !== undefined && { more }), warnings: [] };
    const steps = this.stepsOf(read, caller);
    const refused = await this.carryOut(file, steps);
    return refused
      ? { imported: [], problems: [refused], warnings: [] }
      : {
          imported: steps.map(step => step.says),
          problems: [],
          warnings: issuerWarnings(file, issuer),
        };
  }

  /** A small file is read in the time that it takes to tell a thread of it. */
  private reading(text: string): HeavyWork<FileTasks> {
    return text.length <= SMALL_FILE ? HERE : this.work;
  }

  private stepsOf({ issuer, policies, tariffs }: WholeCatalogue, caller: Caller): Step[] {
    const now = () => this.runner.clock.now();
    const steps: Step[] = [];
    if (issuer) {
      const { profile, line } = issuer;
      const by = stepOf(caller, 'issuer');
      steps.push({
        ...this.step(runningIssuer, ISSUER_STREAM, profile, by, () => ({
          type: 'RegisterIssuer',
          now: now(),
          profile,
        })),
        says: `issuer ${profile.name}`,
        at: { line, field: 'issuer' },
      });
    }
    for (const { name, value, validFrom, line } of policies) {
      const body = { name, value, validFrom };
      const by = stepOf(caller, `policy/${name}/${validFrom}`);
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
    return [...steps, ...this.publications(tariffs, caller)];
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
      if (refused) return { file, ...at, ...toldRefusal(refused) };
    }
    for (const { run, at } of steps) {
      const done = await run();
      if (done.kind === 'rejected') return { file, ...at, ...toldRefusal(done.rejection) };
    }
    return undefined;
  }

  /** A tariff as its own stream tells it: where read models follow later, it is not in them yet. */
  private async newest(tariff: string): Promise<TariffView> {
    const { version, rows, publishedAt } = (await this.facts.tariff(tariff))!;
    return { tariff, version, publishedAt: Instant.text(publishedAt!), rows: rows.length };
  }

  tariffs(): Promise<readonly TariffView[]> {
    return publishedTariffs(this.readModels);
  }

  /** Rows in force of the tariff's newest version, in file order. */
  async tariffRows(tariff: string) {
    const state = await this.facts.tariff(tariff);
    return state?.rows as readonly Readonly<Record<string, string>>[] | undefined;
  }

  issuer(): Promise<IssuerProfile> {
    return this.facts.issuer();
  }

  async policies(day: BusinessDay) {
    const state = await this.facts.policies();
    return POLICY_NAMES.map(name => {
      const { text: value, validFrom } = policyInForce(state, name, day);
      return { name, value, validFrom, about: POLICIES[name].about.en };
    });
  }

  /** Each tariff as a whole; one that is like this already stays as it is. */
  private publications(tariffs: readonly TariffInFile[], caller: Caller): Step[] {
    return tariffs.map(({ tariff, line, hash, rows }) => {
      const by = stepOf(caller, `tariff/${tariff}`);
      const publish = () => ({
        type: 'PublishTariff' as const,
        now: this.runner.clock.now(),
        tariff,
        hash,
        rows,
      });
      return {
        ...this.step(runningTariff, tariffStream(tariff), { tariff, hash }, by, publish),
        says: `tariff ${tariff}`,
        at: { line, field: 'tariff' },
      };
    });
  }
}

/** A refusal at the place of a file that it is about. */
export function toldRefusal(rejection: Rejection): ToldProblem {
  const { ja, en } = saidOf(rejection);
  return { problem: en, problemJa: ja, code: rejection.code, values: detailsOf(rejection) ?? {} };
}

const WARNINGS: Readonly<Record<RegistrationNumberWarning, ProblemKind>> = {
  REGISTRATION_NUMBER_FORM: catalogueProblems.NO_REGISTRATION_NUMBER,
  REGISTRATION_NUMBER_CHECK_DIGIT: catalogueProblems.DOUBTFUL_REGISTRATION_NUMBER,
};

/** J-01: the check digit of a corporate number is verified, else a warning. */
function issuerWarnings(file: string, issuer: CatalogueFile['issuer']): FileProblem[] {
  const warning = issuer && registrationNumberWarning(issuer.profile.registrationNumber);
  if (!warning) return [];
  const told = toldProblem(problem<string, string>(WARNINGS[warning]));
  return [{ file, line: issuer.line, field: 'registration_number', ...told }];
}

/** Stored rows as the rating context prices with them. */
export const decodeRows = (rows: readonly unknown[]): TariffRow[] =>
  rows.map(row => decodeTariffRow(row as EncodedTariffRow));
