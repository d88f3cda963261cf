import type { IndexedEvent, LogIndexStore } from '#ports';
import type { Tail } from './tail.js';

/** Commands in one question to the store, as its port allows. */
const ASKED_AT_ONCE = 10_000;
/** Commands remembered as not stored: those that are about to be appended. */
const ABSENT_KEPT = 20_000;

/** What the index knows of its store, which may be set back (a backup is restored) while processes run. */
export interface StoreWatch {
  /** Position through which the store was given everything. */
  savedThrough(): number;
  /** The store has less than that: resolves when it has it again. @throws what the log or the store throws */
  refill(): Promise<void>;
}

type Found = ReadonlyMap<string, IndexedEvent>;

interface Question {
  readonly ids: Set<string>;
  readonly answer: Promise<Found>;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: unknown) => void;
}

function newQuestion(): Question {
  let [resolve, reject]: [Question['resolve'], Question['reject']] = [() => undefined, () => undefined];
  const answer = new Promise<Found>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  // Each who asked has it in an await of his own; an error must not count as unhandled besides.
  answer.catch(() => undefined);
  return { ids: new Set(), answer, resolve, reject };
}

/**
 * Which commands the index holds. The end of the log answers from memory; for what is older the store is
 * asked, by all who look at the same time together, and for one command once: before it is decided it is
 * looked for, and again before it is appended.
 */
export class KnownCommands {
  /** Position up to which a command is known not to be stored. */
  private readonly absent = new Map<string, number>();
  private readonly waiting: Question[] = [];
  /** While a question is on its way the next one grows. */
  private asking = false;

  constructor(
    private readonly tail: Tail,
    private readonly store: LogIndexStore,
    private readonly watch: StoreWatch,
  ) {}

  /**
   * First events of those commands that stand at or before the head.
   * @param head position of the last event of the index
   * @throws what the store throws
   */
  async ofCommands(commandIds: readonly string[], head: number): Promise<Map<string, IndexedEvent>> {
    const found = new Map<string, IndexedEvent>();
    const others: string[] = [];
    // The tail has every event from its first to the head; what is up to here only the store has.
    const { first } = this.tail;
    const untold = first === 0 ? head : first - 1;
    for (const id of commandIds) {
      const event = this.tail.ofCommand(id);
      const absentThrough = this.absent.get(id);
      if (event) found.set(id, event.entry);
      else if (absentThrough === undefined || absentThrough < untold) others.push(id);
    }
    // While the tail still holds the first event of the log it holds them all.
    if (others.length === 0 || head === 0 || first === 1) return found;
    for (const answer of await this.ask(others)) {
      for (const id of others) {
        const entry = answer.get(id);
        if (entry) found.set(id, entry);
      }
    }
    for (const id of others) if (!found.has(id)) this.remember(id, head);
    return found;
  }

  private ask(ids: readonly string[]): Promise<Found[]> {
    const questions = new Set<Question>();
    for (const id of ids) {
      let question = this.waiting.at(-1);
      if (!question || question.ids.size >= ASKED_AT_ONCE) this.waiting.push((question = newQuestion()));
      question.ids.add(id);
      questions.add(question);
    }
    if (!this.asking) void this.send();
    return Promise.all([...questions].map(question => question.answer));
  }

  private async send(): Promise<void> {
    const question = this.waiting.shift();
    if (!question) return;
    this.asking = true;
    try {
      question.resolve(await this.sureOf([...question.ids]));
    } catch (error) {
      question.reject(error);
    }
    this.asking = false;
    void this.send();
  }

  /** "Not stored" counts only when the store still has all that it was given. */
  private async sureOf(ids: readonly string[]): Promise<Found> {
    const due = this.watch.savedThrough();
    const found = await this.store.ofCommands(ids);
    if (found.size === ids.length || ((await this.store.head())?.position ?? 0) >= due) return found;
    await this.watch.refill();
    return this.store.ofCommands(ids);
  }

  private remember(id: string, through: number): void {
    this.absent.delete(id);
    this.absent.set(id, through);
    if (this.absent.size <= ABSENT_KEPT) return;
    const oldest = this.absent.keys().next().value;
    if (oldest !== undefined) this.absent.delete(oldest);
  }
}
