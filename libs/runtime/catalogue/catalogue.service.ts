import {
  ISSUER_STREAM,
  type IssuerProfile,
  type PriceListState,
  priceListOn,
  priceListStream,
  tariffStream,
} from '#contracts';
import { type RegistrationNumberWarning, registrationNumberWarning } from '#invoicing';
import {
  type AccountId,
  BusinessDay,
  canonicalJson,
  detailsOf,
  Instant,
  type ProblemKind,
  problem,
  type Rejection,
  type Sentence,
  saidOf,
  type ToldProblem,
  toldProblem,
} from '#kernel';
import { POLICIES, POLICY_NAMES, POLICY_STREAM, policyInForce } from '#policies';
import { type HeavyWork, inThisThread } from '#ports';
import { decodeTariffRow, type EncodedTariffRow, type TariffDiff, type TariffRow } from '#rating';
import { sha256, stepOf } from '../engine/command-log.js';
import {
  type Facts,
  runningIssuer,
  runningPolicy,
  runningPriceList,
  runningTariff,
} from '../engine/facts.js';
import type { CommandRunner, Executed, Running } from '../engine/run-command.js';
import type { Caller, Faults, FileProblem } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type {
  CatalogueChanges,
  Imported,
  PriceListDiff,
  PriceListOn,
  PriceListView,
  ServiceInformationView,
  TariffView,
} from './catalogue.shapes.js';
import type { CatalogueFile } from './catalogue-yaml.js';
import {
  FILE_TASKS,
  type FileTasks,
  type HeavyTasks,
  type PriceListToPublish,
  type TariffInFile,
  type WholeCatalogue,
} from './heavy-tasks.js';
import { diffPriceList, priceListView } from './price-lists.js';
import { priceListVersions } from './price-lists.queries.js';
import { catalogueProblems } from './problems.js';
import { serviceInformation } from './service-information.js';
import { publishedTariffs } from './tariffs.queries.js';

/** One command of an import. */
interface Step {
  /**
   * What it would do now: why it would be refused, or whether it changes anything.
   * @param caller whose request may have been carried out before; without one nobody is about to
   */
  look(caller?: Caller): Promise<Rejection | 'new' | 'as it is'>;
  run(caller: Caller): Promise<Executed<unknown>>;
  readonly part: CatalogueChanges['parts'][number];
  /** What the report says when it is done. */
  readonly says: Sentence;
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
    const refused = await this.carryOut(file, this.publications(read.tariffs), caller);
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
    return { tariffs: await this.changedTariffs(read.tariffs, text, whose), problems: [] };
  }

  private changedTariffs(
    tariffs: readonly TariffInFile[],
    text: string,
    whose: string,
  ): Promise<readonly TariffDiff[]> {
    const inOrder = tariffs.toSorted((a, b) => (a.tariff < b.tariff ? -1 : 1));
    const compared = inOrder.map(async ({ tariff, rows }) => {
      const before = ((await this.facts.tariff(tariff))?.rows ?? []) as readonly EncodedTariffRow[];
      const work = before.length > 1_000 ? this.work : this.reading(text);
      return work.run(whose, 'compareTariff', tariff, before, rows);
    });
    return Promise.all(compared);
  }

  /**
   * issuer, policies, tariffs and price lists, effective-dated; everything or nothing. Warnings refuse
   * nothing: what was imported deserves a second look.
   */
  async importCatalogueYaml(
    file: string,
    text: string,
    caller: Caller,
  ): Promise<Faults & Omit<Imported, 'warnings'> & { readonly warnings: readonly FileProblem[] }> {
    const read = await this.reading(text).run(caller.actor.id, 'readCatalogueFile', file, text);
    const { issuer, problems, more } = read;
    const nothing = { imported: [], importedJa: [], warnings: [] };
    if (problems.length > 0) return { ...nothing, problems, ...(more !== undefined && { more }) };
    const steps = this.stepsOf(read);
    const refused = await this.carryOut(file, steps, caller);
    return refused
      ? { ...nothing, problems: [refused] }
      : {
          imported: steps.map(({ says }) => says.en),
          importedJa: steps.map(({ says }) => says.ja),
          problems: [],
          warnings: issuerWarnings(file, issuer),
        };
  }

  /** What `importCatalogueYaml` would change; nothing is written. `whose`: who asks, by its actor's id. */
  async compareCatalogueYaml(
    file: string,
    text: string,
    whose = 'anybody',
  ): Promise<Faults & CatalogueChanges> {
    const nothing = { changes: [], changesJa: [], parts: [], tariffs: [], priceLists: [] };
    const read = await this.reading(text).run(whose, 'readCatalogueFile', file, text);
    const { problems, more } = read;
    if (problems.length > 0) return { ...nothing, problems, ...(more !== undefined && { more }) };
    const steps = this.stepsOf(read);
    const changes: Step[] = [];
    for (const step of steps) {
      const { look, at } = step;
      const looked = await look();
      if (typeof looked === 'object')
        return { ...nothing, problems: [{ file, ...at, ...toldRefusal(looked) }] };
      if (looked === 'new') changes.push(step);
    }
    const tariffs = await this.changedTariffs(read.tariffs, text, whose);
    return {
      changes: changes.map(({ says }) => says.en),
      changesJa: changes.map(({ says }) => says.ja),
      parts: changes.map(({ part }) => part),
      tariffs,
      priceLists: await this.changedPriceLists(read.priceLists),
      problems: [],
    };
  }

  private changedPriceLists(lists: readonly PriceListToPublish[]): Promise<readonly PriceListDiff[]> {
    const now = this.runner.clock.now();
    const compared = lists.map(async (list, at) => {
      const state = (await this.facts.priceList(list.priceList)) ?? runningPriceList.decider.fresh();
      return diffPriceList(published(lists.slice(0, at), state, list, now), list);
    });
    return Promise.all(compared);
  }

  /** A small file is read in the time that it takes to tell a thread of it. */
  private reading(text: string): HeavyWork<FileTasks> {
    return text.length <= SMALL_FILE ? HERE : this.work;
  }

  private stepsOf({ issuer, policies, tariffs, priceLists }: WholeCatalogue): Step[] {
    const now = () => this.runner.clock.now();
    const steps: Step[] = [];
    if (issuer) {
      const { profile, line } = issuer;
      steps.push({
        ...this.step(runningIssuer, ISSUER_STREAM, profile, 'issuer', () => ({
          type: 'RegisterIssuer',
          now: now(),
          profile,
        })),
        part: 'issuer',
        says: { ja: `発行者 ${profile.name}`, en: `issuer ${profile.name}` },
        at: { line, field: 'issuer' },
      });
    }
    for (const { name, value, validFrom, line } of policies) {
      const body = { name, value, validFrom };
      const key = `policy/${name}/${validFrom}`;
      steps.push({
        ...this.step(runningPolicy, POLICY_STREAM, body, key, () => ({
          type: 'DecidePolicy',
          now: now(),
          ...body,
        })),
        part: 'policy',
        says: {
          ja: `規則 ${name}=${value}（${BusinessDay.text(validFrom)} から）`,
          en: `policy ${name}=${value} from ${BusinessDay.text(validFrom)}`,
        },
        at: { line, field: `policy ${name}` },
      });
    }
    return [...steps, ...this.publications(tariffs), ...this.pricePublications(priceLists)];
  }

  /**
   * A command of an import, to be looked at and to be run.
   * @param key what its id ends with
   * @param before the state that earlier steps of the same file would leave
   */
  private step<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    body: unknown,
    key: string,
    command: () => Command,
    before: (state: State) => State = state => state,
  ): Pick<Step, 'look' | 'run'> {
    return {
      look: async caller => {
        const known =
          caller && (await this.runner.recorded(stepOf(caller, key).commandId, sha256(canonicalJson(body))));
        if (known) return known.kind === 'rejected' ? known.rejection : 'as it is';
        const { state } = await this.runner.load(running, stream);
        const outcome = running.decider.decide(command(), before(state));
        if (outcome.kind === 'rejected') return outcome.rejection;
        return outcome.kind === 'events' ? 'new' : 'as it is';
      },
      run: caller => this.runner.run(running, stream, command, body, stepOf(caller, key)),
    };
  }

  /**
   * Everything or nothing: all steps are looked at before the first is done. The refusal, if there is one.
   */
  private async carryOut(
    file: string,
    steps: readonly Step[],
    caller: Caller,
  ): Promise<FileProblem | undefined> {
    for (const { look, at } of steps) {
      const looked = await look(caller);
      if (typeof looked === 'object') return { file, ...at, ...toldRefusal(looked) };
    }
    for (const { run, at } of steps) {
      const done = await run(caller);
      if (done.kind === 'rejected') return { file, ...at, ...toldRefusal(done.rejection) };
    }
    return undefined;
  }

  /** A tariff as its own stream tells it: where read models follow later, it is not in them yet. */
  private async newest(tariff: string): Promise<TariffView> {
    const { version, rows, publishedAt } = (await this.facts.tariff(tariff))!;
    return { tariff, version, publishedAt: Instant.text(publishedAt!), rows: rows.length };
  }

  /** The pages of the provider with its terms, incidents and manuals. */
  async serviceInformation(): Promise<ServiceInformationView> {
    const today = BusinessDay.of(this.runner.clock.now());
    return serviceInformation(await this.facts.policies(), today);
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

  /** Every version of every price list, and what becomes of each on a day. */
  priceLists(day: BusinessDay): Promise<readonly PriceListView[]> {
    return priceListVersions(this.readModels, day);
  }

  /** The products and prices of a day, by the list's own stream. */
  async priceListOn(name: string, day: BusinessDay): Promise<PriceListOn | undefined> {
    const state = await this.facts.priceList(name);
    const version = state && priceListOn(state, day);
    return version && priceListView(name, version);
  }

  /** What an account can buy by itself, with the prices of a day: those of its list at the end of the day. */
  async productsOf(account: AccountId, day: BusinessDay): Promise<PriceListOn | undefined> {
    const endOfDay = Instant.plusMs(BusinessDay.start(BusinessDay.plus(day, 1)), -1);
    const { priceList, version } = await this.facts.pricesOf(account, endOfDay);
    if (!version) return undefined;
    const products = version.products.filter(({ selfService }) => selfService);
    return priceListView(priceList, { ...version, products });
  }

  /** Each tariff as a whole; one that is like this already stays as it is. */
  private publications(tariffs: readonly TariffInFile[]): Step[] {
    return tariffs.map(({ tariff, line, hash, rows }) => {
      const publish = () => ({
        type: 'PublishTariff' as const,
        now: this.runner.clock.now(),
        tariff,
        hash,
        rows,
      });
      return {
        ...this.step(runningTariff, tariffStream(tariff), { tariff, hash }, `tariff/${tariff}`, publish),
        part: 'tariff',
        says: { ja: `料金表 ${tariff}`, en: `tariff ${tariff}` },
        at: { line, field: 'tariff' },
      };
    });
  }

  /** Each version of a price list; what holds on that day already stays as it is. */
  private pricePublications(lists: readonly PriceListToPublish[]): Step[] {
    const now = () => this.runner.clock.now();
    return lists.map((list, index) => {
      const { priceList, validFrom, hash, line } = list;
      const stream = priceListStream(priceList);
      const body = { priceList, validFrom, hash };
      const key = `price-list/${priceList}/${validFrom}`;
      const before = (state: PriceListState) => published(lists.slice(0, index), state, list, now());
      return {
        ...this.step(runningPriceList, stream, body, key, () => publishing(list, now()), before),
        part: 'price_list',
        says: {
          ja: `価格表 ${priceList}（${BusinessDay.text(validFrom)} から）`,
          en: `price_list ${priceList} ${BusinessDay.text(validFrom)}`,
        },
        at: { line, field: 'valid_from' },
      };
    });
  }
}

const publishing = ({ priceList, validFrom, hash, products }: PriceListToPublish, now: Instant) => ({
  type: 'PublishPriceList' as const,
  now,
  priceList,
  validFrom,
  hash,
  products,
});

/** The state of a list when the versions of it that stand earlier in a file are published. */
function published(
  earlier: readonly PriceListToPublish[],
  state: PriceListState,
  { priceList }: PriceListToPublish,
  now: Instant,
): PriceListState {
  const { decide, evolve } = runningPriceList.decider;
  return earlier
    .filter(one => one.priceList === priceList)
    .reduce((so, one) => {
      const outcome = decide(publishing(one, now), so);
      return outcome.kind === 'events' ? outcome.events.reduce(evolve, so) : so;
    }, state);
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
