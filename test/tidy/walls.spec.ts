import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LIBS } from './rooms.js';

/**
 * A wall that has never stopped anybody may be a drawing. This spec builds a small house in a temporary
 * folder that breaks every wall of `.dependency-cruiser.js` at least once, and expects exactly those breaches
 * to be named.
 */
const repository = join(import.meta.dirname, '..', '..');
const adapters = ['sqlite', 'files', 'pdf', 'shared'];

/** [wall, file, line that breaks it, what the line leads to as the report names it]. */
type Breach = readonly [wall: string, file: string, line: string, to: RegExp];

const kernelOnly = 'libs/kernel/money.ts';
const BREACHES: readonly Breach[] = [
  ['no-cycles', 'libs/rating/here.ts', "import { there } from './there.js'", /^libs\/rating\/there\.ts$/],
  ['resolvable', 'libs/rating/lost.ts', "import { a } from '#nowhere'", /^#nowhere$/],
  [
    'one-door-per-lib',
    'apps/cli/main.ts',
    "import { a } from '../../libs/kernel/money.js'",
    /^libs\/kernel\/money\.ts$/,
  ],
  [
    'one-door-per-lib',
    'test/journeys/a.spec.ts',
    "import { a } from '../../libs/kernel/money.js'",
    /money\.ts$/,
  ],
  ['one-door-per-lib', 'migrations/index.ts', "import { a } from '../libs/kernel/money.js'", /money\.ts$/],
  [
    'one-door-between-libs',
    'libs/ledger/a.ts',
    "import { a } from '../kernel/money.js'",
    /^libs\/kernel\/money\.ts$/,
  ],
  ['one-door-between-libs', 'libs/ledger/a.spec.ts', "import { a } from '../kernel/money.js'", /money\.ts$/],
  ['one-door-of-adapters', 'libs/nest/a.ts', "import { a } from '../adapters/sqlite/a.js'", /sqlite\/a\.ts$/],
  [
    'one-door-from-adapters',
    'libs/adapters/files/a.ts',
    "import { a } from '../../kernel/money.js'",
    /money\.ts$/,
  ],
  [
    'apps-never-import-apps',
    'apps/worker/main.ts',
    "import { a } from '../server/main.js'",
    /^apps\/server\/main\.ts$/,
  ],
  [
    'libs-never-import-apps',
    'libs/nest/b.ts',
    "import { a } from '../../apps/server/main.js'",
    /^apps\/server\/main\.ts$/,
  ],
  [
    'portal-knows-the-api-only',
    'apps/portal/src/a.tsx',
    "import { a } from '#kernel'",
    /^libs\/kernel\/index\.ts$/,
  ],
  ['portal-is-no-server', 'apps/portal/src/b.ts', "import { readFileSync } from 'node:fs'", /fs$/],
  ['one-home-of-portal', 'libs/nest/portal.ts', "import { useState } from 'react'", /react/],
  ['pure-libs-are-pure', 'libs/invoicing/a.ts', "import { a } from '@nestjs/common'", /@nestjs\/common/],
  ['pure-libs-are-pure', 'libs/contracts/a.ts', "import { a } from 'rxjs'", /rxjs/],
  ['pure-libs-are-pure', 'libs/rating/sql.ts', "import type { a } from 'kysely'", /kysely/],
  ['pure-libs-know-no-machine', 'libs/kernel/disk.ts', "import { readFileSync } from 'node:fs'", /fs$/],
  ['pure-libs-know-no-machine', 'libs/identity/hash.ts', "import { createHash } from 'crypto'", /crypto$/],
  [
    'middle-libs-do-not-know-each-other',
    'libs/contracts/b.ts',
    "import { a } from '#ledger'",
    /^libs\/ledger\/index\.ts$/,
  ],
  [
    'middle-libs-do-not-know-each-other',
    'libs/ledger/b.ts',
    "import { a } from '#rating'",
    /^libs\/rating\/index\.ts$/,
  ],
  [
    'nothing-below-knows-invoicing',
    'libs/ledger/c.ts',
    "import { a } from '#invoicing'",
    /^libs\/invoicing\/index\.ts$/,
  ],
  [
    'policies-know-the-kernel-only',
    'libs/policies/a.ts',
    "import { a } from '#ledger'",
    /ledger\/index\.ts$/,
  ],
  ['kernel-knows-nobody', kernelOnly, "import { a } from '#ledger'", /^libs\/ledger\/index\.ts$/],
  ['domain-knows-no-port', 'libs/ledger/d.ts', "import type { a } from '#ports'", /^libs\/ports\/index\.ts$/],
  [
    'domain-knows-no-port',
    'libs/invoicing/b.ts',
    "import { a } from '#runtime'",
    /^libs\/runtime\/index\.ts$/,
  ],
  [
    'ports-know-the-kernel-only',
    'libs/ports/a.ts',
    "import type { a } from '#rating'",
    /^libs\/rating\/index\.ts$/,
  ],
  [
    'adapters-know-ports-and-kernel',
    'libs/adapters/sqlite/b.ts',
    "import { a } from '#ledger'",
    /ledger\/index\.ts$/,
  ],
  [
    'adapters-know-ports-and-kernel',
    'libs/adapters/sqlite/c.ts',
    "import { a } from '#adapters/files'",
    /files\/index\.ts$/,
  ],
  [
    'adapters-know-ports-and-kernel',
    'libs/adapters/shared/a.ts',
    "import { a } from '#adapters/sqlite'",
    /sqlite\/index\.ts$/,
  ],
  [
    'pdf-knows-documents',
    'libs/adapters/pdf/a.ts',
    "import { a } from '#ledger'",
    /^libs\/ledger\/index\.ts$/,
  ],
  [
    'runtime-knows-no-adapter',
    'libs/runtime/a.ts',
    "import { a } from '#adapters/sqlite'",
    /sqlite\/index\.ts$/,
  ],
  ['sql-in-queries', 'libs/runtime/question.ts', "import { sql } from 'kysely'", /kysely/],
  [
    'projections-are-pure',
    'libs/runtime/d.projection.ts',
    "import { a } from '#ports'",
    /^libs\/ports\/index\.ts$/,
  ],
  ['projections-know-no-machine', 'libs/runtime/e.projection.ts', "import 'node:fs'", /^node:fs$|^fs$/],
  ['nest-stays-outside', 'libs/runtime/b.ts', "import { a } from '@nestjs/cqrs'", /@nestjs\/cqrs/],
  [
    'testing-never-in-production',
    'libs/nest/c.ts',
    "import { a } from '#testing'",
    /^libs\/testing\/index\.ts$/,
  ],
  ['testing-never-in-production', 'apps/server/b.ts', "import { a } from 'fast-check'", /fast-check/],
  ['one-home-of-sqlite', 'libs/adapters/files/b.ts', "import { DatabaseSync } from 'node:sqlite'", /sqlite$/],
  ['one-home-of-pdf', 'libs/adapters/sqlite/d.ts', "import PDFDocument from 'pdfkit'", /pdfkit/],
  ['one-home-of-eventstoredb', 'apps/server/c.ts', "import { a } from '@eventstore/db-client'", /db-client/],
  ['one-home-of-postgres', 'apps/server/d.ts', "import { a } from 'pg'", /(^|\/)pg(\/|$)/],
  ['one-home-of-bullmq', 'apps/server/e.ts', "import { a } from 'bullmq'", /bullmq/],
  ['one-home-of-mail', 'apps/server/g.ts', "import { a } from 'nodemailer'", /nodemailer/],
  ['one-home-of-credentials', 'libs/runtime/c.ts', "import { hash } from '@node-rs/argon2'", /argon2/],
  ['one-home-of-credentials', 'libs/adapters/files/c.ts', "import { TOTP } from 'otpauth'", /otpauth/],
  [
    'one-home-of-credentials',
    'libs/nest/d.ts',
    "import { a } from '@simplewebauthn/server'",
    /@simplewebauthn\/server/,
  ],
  ['one-home-of-numbers', 'libs/ledger/e.ts', "import { Decimal } from 'decimal.js'", /decimal/],
  ['one-home-of-numbers', 'libs/invoicing/c.ts', "import a from '@holiday-jp/holiday_jp'", /holiday_jp/],
  ['one-home-of-calendar', 'apps/server/h.ts', "import dayjs from 'dayjs'", /dayjs/],
  ['one-home-of-calendar', 'apps/portal/src/ui/h.ts', "import dayjs from 'dayjs'", /dayjs/],
];

/** What is allowed, and must stay so. */
const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  ['libs/ledger/fine.ts', "import { a } from '#kernel'"],
  [
    'libs/ledger/fine.spec.ts',
    "import { a } from '#testing'; import fc from 'fast-check'; import fs from 'node:fs'",
  ],
  ['libs/identity/fine.ts', "import { a } from '#policies'"],
  ['libs/invoicing/fine.ts', "import { a } from '#ledger'"],
  ['libs/adapters/sqlite/fine.ts', "import { DatabaseSync } from 'node:sqlite'; import { a } from '#ports'"],
  ['libs/adapters/sqlite/fine-too.ts', "import { a } from '#adapters/shared'"],
  ['libs/adapters/pdf/fine.ts', "import PDFDocument from 'pdfkit'; import type { a } from '#invoicing'"],
  ['libs/kernel/fine.ts', "import { Decimal } from 'decimal.js'"],
  ['libs/kernel/calendar-fine.ts', "import dayjs from 'dayjs'; import utc from 'dayjs/plugin/utc.js'"],
  ['apps/portal/src/ui/time-text.ts', "import dayjs from 'dayjs'"],
  ['libs/rating/fine.spec.ts', "import { Decimal } from 'decimal.js'"],
  [
    'libs/runtime/fine.ts',
    "import { a } from '#ledger'; import { b } from '#ports'; import { c } from 'node:crypto'",
  ],
  ['libs/nest/fine.ts', "import { a } from '@nestjs/common'; import { b } from '#runtime'"],
  ['apps/server/main.ts', "import { a } from '#adapters/sqlite'; import { b } from '#nest'"],
  ['apps/portal/src/fine.tsx', "import { useState } from 'react'; import { api } from '../api/schema.js'"],
  ['apps/portal/api/schema.ts', "import type { Plugin } from 'vite'"],
  [
    'test/journeys/fine.spec.ts',
    "import { a } from '#testing'; import { b } from '../../apps/server/main.js'",
  ],
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

interface Report {
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly ruleSetUsed: {
      readonly forbidden: readonly { readonly name: string; readonly severity: string }[];
    };
  };
}

function build(house: string): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  };
  const doors = [
    ...LIBS.map(lib => [lib, lib]),
    ...adapters.map(name => [`adapters/${name}`, `adapters/${name}`]),
  ];
  const imports = doors.map(([name, path]) => [`#${name}`, { 'daicho-source': `./libs/${path}/index.ts` }]);
  write('package.json', JSON.stringify({ type: 'module', imports: Object.fromEntries(imports) }));
  for (const [, path] of doors) write(`libs/${path}/index.ts`, 'export const a = 1;\n');
  write('libs/adapters/sqlite/a.ts', 'export const a = 1;\n');
  // The way back of the circle is a type import: those count too. A circle is reported once, where it was
  // found.
  write('libs/rating/there.ts', "import type { a } from './here.js';\nexport const there = 1;\n");
  for (const [, file, line] of BREACHES) write(file, `${line};\nexport const a = 1;\n`);
  for (const [file, lines] of ALLOWED) write(file, `${lines};\nexport const a = 1;\n`);
  symlinkSync(join(repository, 'node_modules'), join(house, 'node_modules'));
}

function cruise(house: string): Report {
  const program = join(repository, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = join(repository, '.dependency-cruiser.js');
  const folders = ['apps', 'libs', 'migrations', 'test'];
  const run = spawnSync(
    process.execPath,
    [program, '--config', config, '--output-type', 'json', ...folders],
    {
      cwd: house,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as Report;
}

describe('the walls of the house', () => {
  let report: Report;

  beforeAll(() => {
    const house = mkdtempSync(join(tmpdir(), 'daicho-walls-'));
    try {
      build(house);
      report = cruise(house);
    } finally {
      rmSync(house, { recursive: true });
    }
  });

  it.each(BREACHES)('%s stops %s: %s', (wall, file, _line, to) => {
    const stopped = report.summary.violations.filter(v => v.from === file && v.rule.name === wall);
    expect(stopped.map(v => v.to)).toEqual(expect.arrayContaining([expect.stringMatching(to)]));
  });

  it.each(ALLOWED)('%s may say: %s', file => {
    expect(report.summary.violations.filter(v => v.from === file)).toEqual([]);
  });

  it('stands around rooms that are there', () => {
    const said = JSON.stringify(report.summary.ruleSetUsed.forbidden);
    const named = [...said.matchAll(/\^(libs\/(?:adapters\/)?[a-z-]+|apps\/[a-z-]+)\//g)].map(
      match => match[1]!,
    );
    expect(named).toContain('libs/adapters/sqlite');
    expect([...new Set(named)].filter(room => !existsSync(join(repository, room)))).toEqual([]);
  });

  it('has a breach in this spec for every wall, and every wall is an error', () => {
    const walls = report.summary.ruleSetUsed.forbidden;
    expect([...new Set(BREACHES.map(([wall]) => wall))].sort()).toEqual(walls.map(wall => wall.name).sort());
    expect(walls.filter(wall => wall.severity !== 'error')).toEqual([]);
  });
});
