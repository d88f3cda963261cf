import { type IndexedEvent, LogIndexDiffers, type LogIndexStore } from '#ports';
import type { StoreWatch } from './known-commands.js';
import type { LogReader } from './log-reader.js';
import type { Tail } from './tail.js';

/** Entries saved in one transaction. */
const SAVE_EVENTS = 2_000;
/** Entries wait this long for others, so that a busy log costs its store few transactions. */
const SAVE_AFTER_MS = 200;
const SAVE_RETRY_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

interface SaverParts {
  readonly tail: Tail;
  readonly store: LogIndexStore;
  readonly reader: LogReader;
  /** Position of the last event of the index. */
  position(): number;
}

/** Brings what the index adds into its store, some at a time, and again when the store has lost it. */
export class IndexSaver implements StoreWatch {
  /** Position through which the store was given everything. */
  through = 0;
  /** The store knows other events than this process reads: somebody changed the log. */
  differs: LogIndexDiffers | undefined;
  private saving: Promise<void> | undefined;
  private refilling: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly parts: SaverParts) {}

  savedThrough(): number {
    return this.through;
  }

  /** Saves what was added, with what else comes in a moment. */
  saveSoon(): void {
    if (this.saving) return;
    const work = pause(SAVE_AFTER_MS).then(() => this.saveAll());
    this.saving = work.finally(() => {
      this.saving = undefined;
      if (!this.closed && !this.differs && this.parts.position() > this.through) this.saveSoon();
    });
    // What is not saved stays in memory and is saved with what follows.
    this.saving.catch(() => undefined);
  }

  private async saveAll(): Promise<void> {
    try {
      await this.saveNow();
    } catch {
      if (!this.closed && !this.differs) await pause(SAVE_RETRY_MS);
    }
  }

  async saveNow(): Promise<void> {
    const { tail } = this.parts;
    while (this.through < this.parts.position()) {
      const events = tail.page(this.through + 1, SAVE_EVENTS) ?? [];
      await this.save(events.map(event => event.entry));
      this.through = Math.max(this.through, events.at(-1)!.entry.position);
      tail.trim(this.through);
    }
  }

  private async save(entries: readonly IndexedEvent[]): Promise<void> {
    try {
      await this.parts.store.save(entries).catch(async (error: unknown) => {
        if (error instanceof LogIndexDiffers || !(await this.wasSetBack())) throw error;
        await this.refill();
        await this.parts.store.save(entries);
      });
    } catch (error) {
      if (error instanceof LogIndexDiffers) this.differs = error;
      throw error;
    }
  }

  private async wasSetBack(): Promise<boolean> {
    return ((await this.parts.store.head())?.position ?? 0) < this.through;
  }

  /**
   * The store was set back while this process ran (a backup was restored, a server took over that was
   * behind): what it has lost is read from the log once more, by all who notice together.
   * @throws LogIndexDiffers when it was set back to the index of another log
   */
  refill(): Promise<void> {
    const noted = (error: unknown): never => {
      if (error instanceof LogIndexDiffers) this.differs = error;
      throw error;
    };
    this.refilling ??= this.refillOnce()
      .catch(noted)
      .finally(() => {
        this.refilling = undefined;
      });
    return this.refilling;
  }

  private async refillOnce(): Promise<void> {
    const { tail, store, reader } = this.parts;
    const through = this.through;
    for await (const page of reader.numbered(await store.head())) {
      const lost = page.map(({ entry }) => entry).filter(({ position }) => position <= through);
      for (const { position, hash } of lost) {
        const known = tail.at(position)?.entry.hash ?? hash;
        if (known !== hash) throw new LogIndexDiffers(position);
      }
      if (lost.length > 0) await store.save(lost);
      if (lost.length < page.length || lost.at(-1)?.position === through) return;
    }
  }

  /** Saves what is not saved yet, if the store takes it. */
  async close(): Promise<void> {
    this.closed = true;
    await this.saving;
    await this.saveNow().catch(() => undefined);
  }
}
