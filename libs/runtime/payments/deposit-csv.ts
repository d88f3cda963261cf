import { BusinessDay, charactersIn, InvalidInput, Money, type SaidProblem, valueProblems } from '#kernel';
import {
  BankFaults,
  type BankFile,
  type BankRow,
  bankFileProblems,
  looksLikeZengin,
  type ReceivingAccount,
  readZenginFile,
  withoutRepeats,
} from '#payments';
import { type CsvRecord, csvProblems, readCsv, separatorProblem } from '#rating';

/** What a CSV of deposits has to have; beside it `number,payer_code,payer_bank,remark,cancelled`. */
const DEPOSIT_COLUMNS = ['date', 'amount', 'payer'] as const;

const NAME_MOST = 100;
const LINES_MOST = 100_000;

/** UTF-8, or Shift_JIS as spreadsheets in Japan save it; undefined: neither. */
function textOf(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one, or none.
    }
  }
  return undefined;
}

/** `2026-11-30`, and what spreadsheets make of it: `2026/11/30`, `2026/1/5`. */
function dayOf(text: string): BusinessDay | undefined {
  const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  try {
    return BusinessDay.parse(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return undefined;
  }
}

function yenOf(text: string): Money | SaidProblem {
  try {
    const amount = Money.typed(text);
    if (amount > 0 && amount === Money.toWholeYen(amount, 'down')) return amount;
    return { kind: bankFileProblems.NOT_WHOLE_YEN, values: {} };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.said;
  }
}

class CsvOfDeposits {
  readonly faults = new BankFaults();
  readonly rows: BankRow[] = [];

  constructor(
    private readonly names: readonly string[],
    private readonly today: BusinessDay,
  ) {}

  add({ line: record, fields }: CsvRecord): void {
    if (fields.length !== this.names.length) {
      const values = { fields: fields.length, columns: this.names.length };
      this.faults.add({ record }, csvProblems.FIELD_COUNT, values);
      return;
    }
    const text = (column: string): string => fields[this.names.indexOf(column)]?.trim() ?? '';
    const day = dayOf(text('date'));
    if (day === undefined) this.faults.add({ record, field: 'date' }, valueProblems.NOT_A_DATE);
    else if (day > this.today)
      this.faults.add({ record, field: 'date' }, bankFileProblems.DAY_TO_COME, {
        today: BusinessDay.text(this.today),
      });
    const amount = yenOf(text('amount'));
    if (typeof amount !== 'number') this.faults.list.push({ record, field: 'amount', problem: amount });
    const payer = text('payer').normalize('NFC');
    if (payer === '' || charactersIn(payer) > NAME_MOST || /\p{Cc}/u.test(payer))
      this.faults.add({ record, field: 'payer' }, bankFileProblems.NOT_A_PAYER, { most: NAME_MOST });
    const cancelled = text('cancelled');
    if (!['', '0', '1'].includes(cancelled))
      this.faults.add({ record, field: 'cancelled' }, valueProblems.NOT_ONE_OF, { allowed: '0, 1' });
    if (day === undefined || typeof amount !== 'number') return;
    const number = text('number').slice(0, NAME_MOST);
    this.rows.push({
      ...{ record, day, amount, payer, number: number === '' ? null : number },
      ...{ isCancellation: cancelled === '1', payerCode: text('payer_code').slice(0, NAME_MOST) },
      ...{ payerBank: text('payer_bank').slice(0, NAME_MOST), remark: text('remark').slice(0, NAME_MOST) },
    });
  }
}

/** A CSV with a header of `date,amount,payer`, of the provider's own account. It never throws. */
function readDepositCsv(bytes: Uint8Array, account: ReceivingAccount, today: BusinessDay): BankFile {
  const faults = new BankFaults();
  const refused = (): BankFile => ({ format: 'csv', statements: [], faults: faults.list });
  const text = textOf(bytes);
  if (text === undefined) {
    faults.add({ record: 1 }, csvProblems.NOT_UTF8);
    return refused();
  }
  const { records, problems } = readCsv(text);
  const [header, ...lines] = records;
  if (!header) faults.add({ record: 1, field: 'header' }, csvProblems.NO_HEADER);
  for (const { line, problem } of problems) faults.list.push({ record: line, field: null, problem });
  if (!header || faults.list.length > 0) return refused();
  const names = header.fields.map(name => name.trim().toLowerCase());
  const separated = separatorProblem(names.join(','), DEPOSIT_COLUMNS);
  if (separated) faults.list.push({ record: header.line, field: 'header', problem: separated });
  else
    for (const column of DEPOSIT_COLUMNS.filter(one => !names.includes(one)))
      faults.add({ record: header.line, field: column }, csvProblems.MISSING_COLUMN);
  if (lines.length > LINES_MOST)
    faults.add({ record: LINES_MOST + 2 }, bankFileProblems.TOO_MANY_RECORDS, { most: LINES_MOST });
  if (faults.list.length > 0) return refused();
  const csv = new CsvOfDeposits(names, today);
  for (const one of lines) csv.add(one);
  const rows = withoutRepeats(csv.rows, csv.faults);
  const days = rows.map(({ day }) => day).sort((one, other) => one - other);
  const [from, to] = [days[0] ?? today, days.at(-1) ?? today];
  const statements = [{ record: header.line, account, from, to, rows }];
  return { format: 'csv', statements, faults: csv.faults.list };
}

/** A file of deposits, in whichever form it is. @param own the account of the provider */
export function readDepositFile(bytes: Uint8Array, own: ReceivingAccount, today: BusinessDay): BankFile {
  return looksLikeZengin(bytes) ? readZenginFile(bytes, today) : readDepositCsv(bytes, own, today);
}
