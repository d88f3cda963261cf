import { problem, type SaidProblem } from '#kernel';
import { type CsvRecord, holdsBrokenText, NOT_UTF8, readCsv, separatorProblem } from './csv.js';
import { csvProblems, tariffProblems } from './problems.js';
import { REQUIRED_COLUMNS, type TariffProblem } from './tariff.js';
import { type CheckedTariff, checkTariffRows, isTariffColumn, type RawTariffRow } from './tariff-check.js';

function headerProblems(header: CsvRecord | undefined, file: string): TariffProblem[] {
  if (!header) return [{ file, line: 1, field: 'header', problem: problem(csvProblems.NO_HEADER) }];
  const at = (field: string, problem: SaidProblem): TariffProblem => ({
    file,
    line: header.line,
    field,
    problem,
  });
  const separated = separatorProblem(header.fields.join(','), REQUIRED_COLUMNS);
  if (separated !== undefined) return [at('header', separated)];
  const names = header.fields.map(name => name.trim());
  return [
    ...REQUIRED_COLUMNS.filter(c => !names.includes(c)).map(c => at(c, problem(csvProblems.MISSING_COLUMN))),
    ...names
      .filter(n => !isTariffColumn(n))
      .map(n => at(n || 'header', problem(tariffProblems.UNKNOWN_COLUMN))),
    ...names
      .filter((n, i) => isTariffColumn(n) && names.indexOf(n) !== i)
      .map(n => at(n, problem(csvProblems.COLUMN_TWICE))),
  ];
}

/** The largest tariffs that carriers publish have some hundred thousand rows. */
const TARIFF_ROWS_MAX = 200_000;

/**
 * tariff.csv (UTF-8, header in any order, quoted fields as in RFC 4180, BOM and CRLF tolerated). Never
 * throws: every bad line is named. With a wrong header no line is read, for each would only repeat it.
 */
export function parseTariffCsv(text: string, file: string): CheckedTariff {
  const { records, problems } = readCsv(text);
  const [header, ...lines] = records;
  // A header may name more columns than a call takes arguments.
  const bad: TariffProblem[] = [
    ...problems.map(p => ({ file, line: p.line, field: 'line', problem: p.problem })),
    ...headerProblems(header, file),
  ];
  if (!header || bad.some(p => p.line <= header.line)) return { rows: [], problems: bad };
  const surplus = lines[TARIFF_ROWS_MAX];
  if (surplus) {
    const tooMany = problem(tariffProblems.TOO_MANY_ROWS, { most: TARIFF_ROWS_MAX });
    return { rows: [], problems: [{ file, line: surplus.line, field: 'line', problem: tooMany }] };
  }
  const names = header.fields.map(name => name.trim());
  const raws: RawTariffRow[] = [];
  for (const { line, fields } of lines) {
    if (fields.length !== names.length) {
      bad.push({
        file,
        line,
        field: 'line',
        problem: problem(csvProblems.FIELD_COUNT, { fields: fields.length, columns: names.length }),
      });
    } else if (fields.some(holdsBrokenText)) {
      bad.push({ file, line, field: 'line', problem: NOT_UTF8 });
    } else {
      raws.push({ file, line, fields: Object.fromEntries(names.map((name, i) => [name, fields[i]])) });
    }
  }
  const checked = checkTariffRows(raws);
  return { rows: checked.rows, problems: [...bad, ...checked.problems].sort((a, b) => a.line - b.line) };
}
