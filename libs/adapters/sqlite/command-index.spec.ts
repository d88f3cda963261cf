import { DatabaseSync } from 'node:sqlite';
import { CommandIndex, indexWholeLog, missingCommand } from './command-index.js';
import { prepareEventTables, readFact } from './event-schema.js';
import { EventWriter } from './event-writer.js';
import { manyRequests } from './sqlite.fixture.js';

/** A log in memory whose command index moves after 40 commands. */
function smallLog() {
  const db = new DatabaseSync(':memory:');
  prepareEventTables(db, ':memory:');
  const index = new CommandIndex(db, true, 40);
  const writer = new EventWriter(db, index);
  const append = (count: number, from: number) => writer.append(manyRequests(count, from));
  const inTable = () => db.prepare('SELECT count(*) AS n FROM commands').get()?.['n'];
  return { db, index, writer, append, inTable };
}

describe('the command index', () => {
  it('finds every command: waiting, moving or in the table, and after opening again at any moment', () => {
    const { db, index, append } = smallLog();
    for (let n = 1; n <= 400; n++) {
      append(1, n);
      if (n % 7 !== 0) continue;
      for (const reader of [index, new CommandIndex(db, false, 40)]) {
        for (let i = 1; i <= n; i++) expect(reader.find(`command/${i}`)).toBe(i);
        expect(reader.find(`command/${n + 1}`)).toBe(0);
      }
    }
    expect(readFact(db, 'commands_indexed')).toBeGreaterThan(300);
  });

  it('moves in slices, so that no single append pays for all', () => {
    const { append, inTable } = smallLog();
    append(40, 1);
    append(1, 41);
    expect(inTable()).toBe(16);
    append(1, 42);
    expect(inTable()).toBe(32);
    append(1, 43);
    expect(inTable()).toBe(40);
  });

  it('stands as before when a transaction that moved a slice is rolled back', () => {
    const { db, index, writer, append, inTable } = smallLog();
    append(40, 1);
    append(1, 41);
    for (let attempt = 0; attempt < 3; attempt++) {
      const failing = () =>
        writer.append(manyRequests(1, 42), () => {
          throw new Error('projector failed');
        });
      expect(failing).toThrow('projector failed');
      expect(inTable()).toBe(16);
      expect(index.find('command/42')).toBe(0);
    }
    append(30, 42);
    expect(inTable()).toBe(40);
    for (let i = 1; i <= 71; i++) expect(index.find(`command/${i}`)).toBe(i);
    expect(readFact(db, 'commands_indexed')).toBe(40);
  });

  it('of a log that came without it is made in runs: every command is found, however they are cut', () => {
    for (const run of [1, 7, 40, 1000]) {
      const { db, append } = smallLog();
      append(70, 1);
      append(25, 71);
      db.exec('DELETE FROM commands');
      indexWholeLog(db, run);
      expect([readFact(db, 'commands_indexed'), missingCommand(db)]).toEqual([95, undefined]);
      const index = new CommandIndex(db, false, 40);
      for (let i = 1; i <= 95; i++) expect(index.find(`command/${i}`)).toBe(i);
    }
  });

  it('is complete after moveAll, so the next opening reads no event', () => {
    const { db, index, append, inTable } = smallLog();
    append(70, 1);
    append(25, 71);
    index.moveAll();
    expect(inTable()).toBe(95);
    expect(readFact(db, 'commands_indexed')).toBe(95);
    const reopened = new CommandIndex(db, true, 40);
    for (let i = 1; i <= 95; i++) expect(reopened.find(`command/${i}`)).toBe(i);
  });
});
