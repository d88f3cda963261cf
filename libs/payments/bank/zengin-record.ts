import type { BusinessDay } from '#kernel';
import { readBankDate } from './bank-date.js';
import type { BankFaults } from './bank-file.js';
import { readBankText } from './kana.js';
import type { Field } from './layout.js';
import { bankFileProblems } from './problems.js';

/** The fields of one record, by id. */
type Values = Readonly<Record<string, string>>;

/** One record and what is wrong with it. */
export class ZenginRecord {
  constructor(
    readonly record: number,
    readonly values: Values,
    private readonly fields: readonly Field[],
    readonly faults: BankFaults,
  ) {}

  text(id: string): string {
    return this.values[id] ?? '';
  }

  field(id: string): Field {
    return this.fields.find(one => one.id === id)!;
  }

  whole(id: string): bigint {
    const text = this.text(id);
    return /^\d+$/.test(text) ? BigInt(text) : 0n;
  }

  /** @returns undefined when it is no date; the fault is named */
  date(id: string, near: BusinessDay, latest?: BusinessDay): BusinessDay | undefined {
    const found = this.text(id);
    const day = readBankDate(found, near, latest);
    if (day !== undefined || !/^\d+$/.test(found)) return day;
    const name = this.field(id).words;
    return this.faults.add({ record: this.record, field: id }, bankFileProblems.NOT_BANK_DATE, {
      name,
      found,
    });
  }

  /** @returns undefined when it is none of these; the fault is named */
  oneOf<Word extends string>(id: string, words: readonly Word[]): Word | undefined {
    const found = this.text(id);
    const known = words.find(word => word === found);
    if (known !== undefined) return known;
    const allowed = words.map(word => (word === '' ? '(blank)' : word)).join(', ');
    const name = this.field(id).words;
    const where = { record: this.record, field: id };
    return this.faults.add(where, bankFileProblems.NOT_ALLOWED_CODE, { name, found, allowed });
  }
}

/** Reads the fields of a record of the right length; what is wrong with them is named. */
export function readFields(
  bytes: Uint8Array,
  fields: readonly Field[],
  record: number,
  faults: BankFaults,
): ZenginRecord {
  const values: Record<string, string> = {};
  let at = 0;
  for (const { id, kind, words: name, bytes: length } of fields) {
    const text = readBankText(bytes.subarray(at, at + length));
    at += length;
    if (typeof text !== 'string') {
      const byte = `0x${text.byte.toString(16).padStart(2, '0')}`;
      faults.add({ record, field: id }, bankFileProblems.NOT_BANK_CHARACTER, { name, byte });
    } else {
      if (kind === 'N' && !/^\d+$/.test(text))
        faults.add({ record, field: id }, bankFileProblems.NOT_DIGITS, { name });
      values[id] = text;
    }
  }
  return new ZenginRecord(record, values, fields, faults);
}
