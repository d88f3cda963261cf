import type { StoredEvent } from '#kernel';

/**
 * Of one append; below what EventStoreDB takes at once by default (1 MiB), when every character has 3 bytes.
 */
const RUN_EVENTS = 1_000;
const RUN_CHARACTERS = 250_000;
/** Meta data and the names of an event, about. */
const EVENT_CHARACTERS = 500;

/**
 * Cuts a log into runs: events of one stream that follow each other in the log, so that each run is one
 * append. A command is never cut, because it is stored as a whole or not at all.
 */
export class CommandRuns {
  private runs: StoredEvent[][] = [];
  /** The last command; whether it goes on says the next event. */
  private command: StoredEvent[] = [];
  private events = 0;
  private characters = 0;

  /** Events of the commands that have come to their end. */
  get complete(): number {
    return this.events;
  }

  add(event: StoredEvent): void {
    const [first] = this.command;
    if (first && (first.stream !== event.stream || first.meta.commandId !== event.meta.commandId))
      this.endCommand();
    this.command.push(event);
  }

  takeComplete(): StoredEvent[][] {
    const { runs } = this;
    this.runs = [];
    this.events = 0;
    return runs;
  }

  takeAll(): StoredEvent[][] {
    this.endCommand();
    return this.takeComplete();
  }

  private endCommand(): void {
    const { command } = this;
    if (command.length === 0) return;
    this.command = [];
    this.events += command.length;
    const characters = command.reduce((sum, { data }) => sum + data.length + EVENT_CHARACTERS, 0);
    const run = this.runs.at(-1);
    const fits =
      run?.[0]?.stream === command[0]!.stream &&
      run.length + command.length <= RUN_EVENTS &&
      this.characters + characters <= RUN_CHARACTERS;
    if (fits) run.push(...command);
    else this.runs.push(command);
    this.characters = fits ? this.characters + characters : characters;
  }
}
