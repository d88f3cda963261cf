import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as code from './code-rules.js';
import { deadExports } from './dead-exports.js';
import { neverGiven } from './refusal-rules.js';
import { filesUnder, parseSource, readText, repository, type TextFile } from './source.js';
import * as tree from './tree-rules.js';

/**
 * The habits of the house, over the whole tree. Each rule is first shown to bite on a sample, then applied.
 * What a rule says and may stay so stands in `EXCUSED` with its reason; an excuse that nothing needs any more
 * is an error.
 */
const EXCUSED: readonly (readonly [problem: string, reason: string])[] = [
  [
    'test/support/needs.ts calls describe.skip',
    'the one place that may skip: loudly, counted, and a failure with CI=true',
  ],
  [
    'libs/config/reference.ts exports configurationReference, which no production code uses',
    'writes docs/reference/configuration.md: the settings are said once, in libs/config',
  ],
  [
    'libs/config/reference.ts exports exampleEnvironment, which no production code uses',
    'writes .env.example, from the same settings',
  ],
  [
    'libs/adapters/eventstoredb/open.ts exports endOfLog, which no production code uses',
    'tests share one cluster: each begins where the log of the others ends',
  ],
  [
    'libs/adapters/pdf/faces.ts exports charactersOfPapers, which no production code uses',
    'writes libs/kernel/paper-characters.ts, the table that names are checked against',
  ],
  [
    'libs/rating/pricing.ts exports fundedMs, which no production code uses',
    'for a switch that cuts a call at the instant to which it is funded; none asks for it yet',
  ],
  [
    'package.json: nobody uses @nestjs/cli',
    'for people: `npx nest generate` with the settings of nest-cli.json',
  ],
];

const CODE = /\.(ts|tsx|mts|mjs|js)$/;
const TEXT = /\.(ts|tsx|mts|mjs|js|json|md|ya?ml|sh|csv|html|css|toml|txt)$|(^|\/)(Dockerfile|run|LICENSE)$/;
const ROOT = [
  'package.json',
  'jest.config.js',
  '.dependency-cruiser.js',
  '.swcrc',
  'biome.json',
  'tsconfig.json',
];

const paths = filesUnder('apps', 'libs', 'migrations', 'test', 'docs', '.ci', '.github');
const rootFiles = [
  ...ROOT,
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docker-compose.yml', 'Dockerfile'],
].filter(path => existsSync(join(repository, path)));
const texts = [...paths.filter(path => TEXT.test(path)), ...rootFiles].map(readText);
/** Written by a program, and read by the type check alone. */
const GENERATED = new Set(['apps/portal/api/schema.ts']);
const sources = texts.filter(file => CODE.test(file.path) && !GENERATED.has(file.path)).map(parseSource);
const manifest = JSON.parse(readText('package.json').text) as tree.Manifest;

/** `a.ts:12 calls x` is excused as `a.ts calls x`: lines move. */
const withoutLine = (problem: string): string => problem.replace(/:\d+ /, ' ');
const needed = new Set<string>();

function unexcused(problems: readonly string[]): string[] {
  return problems.filter(problem => {
    const excused = EXCUSED.some(([known]) => known === withoutLine(problem));
    if (excused) needed.add(withoutLine(problem));
    return !excused;
  });
}

const sample = (path: string, text: string) => parseSource({ path, text });

/** [habit, rule, path of a sample, sample that breaks it, what is said, sample that does not]. */
type Habit = readonly [string, code.CodeRule, path: string, bad: string, said: string, good: string];

const HABITS: readonly Habit[] = [
  [
    'reads no clock outside adapters',
    code.noClockNorChance,
    'libs/ledger/a.ts',
    '// 台帳\nconst a = 1;\nconst at = new Date();',
    'libs/ledger/a.ts:3 calls new Date',
    "// new Date()\nconst text = 'Date.now()';",
  ],
  [
    'rolls no dice outside adapters',
    code.noClockNorChance,
    'apps/cli/a.ts',
    'const at = Date.now() + Math.random();',
    'apps/cli/a.ts:1 calls Date.now',
    'const at = clock.now();',
  ],
  [
    'never reads money as a float',
    code.noFloatMoney,
    'libs/rating/a.ts',
    'const price =\n  1;\nconst a = Number(row.unitPrice);',
    'libs/rating/a.ts:3 reads money with Number',
    "const seconds = Number(row.per_s);\nconst syntax = Number('1');",
  ],
  [
    'switches no test off',
    code.noSwitchedOffTests,
    'libs/rating/a.spec.ts',
    "describe('x', () => {\n  it.only('y', () => undefined);\n});",
    'libs/rating/a.spec.ts:2 calls it.only',
    "query.skip(1);\nit('y', () => undefined);",
  ],
  [
    'prints nothing from libs',
    code.noConsoleInLibs,
    'libs/runtime/a.ts',
    'console.log(1);',
    'libs/runtime/a.ts:1 calls console.log',
    'log.info(1);',
  ],
  [
    'keeps files to 420 lines: a thing may be long, two things are two files',
    code.filesAreShort,
    'libs/rating/a.ts',
    'a;\n'.repeat(421),
    'libs/rating/a.ts has 421 lines',
    'a;\n'.repeat(420),
  ],
  [
    'keeps lines to 110 columns',
    code.linesAreShort,
    'libs/rating/a.ts',
    `a;\n// ${'x'.repeat(108)}`,
    'libs/rating/a.ts:2 has 111 columns',
    `// ${'台'.repeat(107)}`,
  ],
  [
    'keeps functions to 70 lines',
    code.functionsAreShort,
    'libs/rating/a.ts',
    `// 台帳\nfunction long() {\n${'  a;\n'.repeat(69)}}`,
    'libs/rating/a.ts:2 is a function of 71 lines',
    `function long() {\n${'  a;\n'.repeat(68)}}\ndescribe('x', () => {\n${'  a;\n'.repeat(90)}});`,
  ],
];

describe('the habits of the code', () => {
  it.each(HABITS)('%s', (_habit, rule, path, bad, said, good) => {
    expect(rule(sample(path, bad))).toContain(said);
    expect(rule(sample(path, good))).toEqual([]);
    expect(unexcused(sources.flatMap(rule))).toEqual([]);
  });

  it('looks at the whole tree', () => {
    const seen = sources.map(file => file.path);
    for (const path of ['libs/kernel/money.ts', 'test/tidy/tidy.spec.ts', 'test/run.mjs', 'jest.config.js']) {
      expect(seen).toContain(path);
    }
  });
});

describe('the tree', () => {
  it('names the door of each lib alike for Node and for tools that read tsconfig.json', () => {
    const { imports } = JSON.parse(readText('package.json').text) as {
      imports: Record<string, { 'daicho-source': string }>;
    };
    const { compilerOptions } = JSON.parse(readText('tsconfig.json').text) as {
      compilerOptions: { paths: unknown };
    };
    const doors = Object.entries(imports).map(([name, door]) => [name, [door['daicho-source']]]);
    expect(compilerOptions.paths).toEqual(Object.fromEntries(doors));
  });

  it('holds no file that nothing leads to', () => {
    const files = [
      sample('libs/a/index.ts', "export * from './used.js';"),
      sample('libs/a/used.ts', "new Worker(new URL('./worker.js', import.meta.url));"),
      sample('libs/a/worker.ts', ''),
      sample('libs/a/unused.ts', ''),
      sample('apps/cli/bin/daicho.js', "import '../../../dist/apps/cli/start.js';"),
      sample('apps/cli/start.ts', "import '#a';"),
      sample('test/bench/run.ts', ''),
    ];
    const imports = { '#a': { 'daicho-source': './libs/a/index.ts' } };
    const scripts = { bench: 'node dist/test/bench/run.js' };
    expect(tree.deadFiles(files, { imports, scripts })).toEqual(['libs/a/unused.ts is reached by nothing']);
    expect(unexcused(tree.deadFiles(sources, manifest))).toEqual([]);
  });

  it('exports nothing that production code does not use', () => {
    const files = [
      sample('libs/a/index.ts', "export * from './a.js';\nexport { unused } from './a.js';"),
      sample(
        'libs/a/a.ts',
        [
          'export const used = 1, [tested, { inner }] = [2, { inner: used }];',
          'export function unused(): Options {}\nexport interface Options {}',
          'export type Idle = 1;\nexport const own = 1;\nexport const shown = own + own;\nf(shown);',
        ].join('\n'),
      ),
      sample('libs/b/b.ts', "import { used } from '#a';\nclass B { inner = used }"),
      sample('libs/a/a.spec.ts', 'tested; Idle; shown;'),
      sample(
        'libs/c/all.ts',
        "import * as one from './one.js';\nimport * as two from './two.js';\nf({ one }, two.x);",
      ),
      sample('libs/c/one.ts', 'export const whole = 1;'),
      sample('libs/c/two.ts', 'export const x = 1, part = 2;'),
    ];
    const dead = 'which no production code uses';
    expect(deadExports(files)).toEqual([
      `libs/a/a.ts:1 exports tested, ${dead}`,
      `libs/a/a.ts:2 exports unused, ${dead}`,
      `libs/a/a.ts:4 exports Idle, ${dead}`,
      'libs/a/a.ts:5 exports own to nobody',
      `libs/c/two.ts:1 exports part, ${dead}`,
    ]);
    expect(unexcused(deadExports(sources))).toEqual([]);
  });

  it('decides no policy that nobody reads', () => {
    const files = [
      sample('libs/policies/a.ts', "export const a = { 'a.read': 1, 'a.not-read': 2, 'a.own': 3 };"),
      sample('libs/policies/b.ts', "policyOf(state, 'a.own', day);"),
      sample('libs/runtime/a.ts', "facts.policy('a.read', day);"),
      sample('libs/runtime/a.spec.ts', "facts.policy('a.not-read', day);"),
    ];
    expect(tree.unreadPolicies(files)).toEqual(['policy a.not-read has no reader']);
    expect(unexcused(tree.unreadPolicies(sources))).toEqual([]);
  });

  it('declares no refusal, no problem and no reason for nothing that nobody gives', () => {
    const files = [
      sample(
        'libs/a/refusals.ts',
        [
          'export const common = defineRefusals({ NAMED: { en }, HANDED_ON: { en }, TAKEN: { en } });',
          'const { TAKEN } = common;',
          'export const aRefusals = defineRefusals({',
          '  GIVEN: { en }, HANDED_ON: common.HANDED_ON,\n  IDLE: { en }, NO_SUCH_BILL: { en }, ...others,',
          '  NO_SUCH_KEY: { en },\n  READ: { en },\n  TESTED: { en },\n  NAMED: common.NAMED,\n});',
          'const { OWN, UNUSED } = defineProblems({ OWN: { en },\nUNUSED: { en } });',
          'export const so = defineUnchanged({ SO: { ja },\nSO_TOO: { ja } });',
          'export const reasons = defineProblems({ ASKED: { en },\nNEVER: { en: aRefusals.IDLE.en } });',
        ].join('\n'),
      ),
      sample(
        'libs/a/a.ts',
        [
          "rejected(aRefusals.GIVEN); rejected(aRefusals.HANDED_ON); problem(OWN); found(bill, 'BILL');",
          'nothing(so.SO);',
          "rejected(common.NAMED); f(aRefusals.READ.code); problem(reasons[why]); give('ASKED');",
          "const useCase = { sought: 'KEY', refusals: ['IDLE', 'NEVER'] };",
        ].join('\n'),
      ),
      sample('libs/a/b.ts', "import { aRefusals } from './refusals.js';\nf(OWN, UNUSED);"),
      sample('libs/a/a.spec.ts', 'rejected(aRefusals.TESTED);'),
    ];
    const idle = ['5 declares IDLE', '7 declares READ', '8 declares TESTED', '9 declares NAMED'];
    const alone = ['11 declares OWN', '12 declares UNUSED', '14 declares SO_TOO', '16 declares NEVER'];
    expect(neverGiven(files)).toEqual(
      [...idle, ...alone].map(said => `libs/a/refusals.ts:${said}, which nobody gives`),
    );
    expect(unexcused(neverGiven(sources))).toEqual([]);
  });

  it('asks for no package that nobody uses', () => {
    const packages = {
      zod: '1',
      pg: '1',
      rxjs: '1',
      jest: '1',
      '@types/pg': '1',
      idle: '1',
      '@types/idle': '1',
    };
    const about = (name: string) => ({ peers: name === 'zod' ? ['rxjs'] : [], commands: [name] });
    const files = [sample('a.ts', "import 'zod'; import 'pg/lib';")];
    const own = { scripts: { test: 'jest --x' }, dependencies: packages };
    const idle = ['package.json: nobody uses idle', 'package.json: nobody uses @types/idle'];
    expect(tree.idlePackages(files, own, [], about)).toEqual(idle);
    const tools = texts.filter(file => /^(test\/run\.mjs|\.ci\/run|\.github\/.*)$/.test(file.path));
    // The walls name packages in order to keep them out: that is no use of them.
    const users = sources.filter(file => !/dependency-cruiser|walls\.spec/.test(file.path));
    expect(unexcused(tree.idlePackages(users, manifest, tools))).toEqual([]);
  });

  it('brings to production what it uses, and nothing that only tests or the built portal do', () => {
    const own = {
      dependencies: { pg: '1', idle: '1', core: '1', iconv: '1', node: '1' },
      devDependencies: { react: '1', jest: '1', zod: '1' },
    };
    const about = (name: string) => ({ peers: name === 'pg' ? ['core'] : [], commands: [] });
    const files = [
      sample('libs/a/a.ts', "import 'pg/lib'; import 'zod';"),
      sample('libs/a/a.spec.ts', "import 'iconv'; import 'jest';"),
      sample('apps/portal/src/a.ts', "import 'react'; import 'idle';"),
    ];
    expect(tree.misplacedPackages(files, own, about)).toEqual([
      'package.json: idle is no dependency of production',
      'package.json: iconv is no dependency of production',
      'package.json: zod is a dependency of production',
    ]);
    expect(unexcused(tree.misplacedPackages(sources, manifest))).toEqual([]);
  });

  it('links to files and headings that are there', () => {
    const documents: TextFile[] = [
      { path: 'docs/a.md', text: '# A 台帳, `x`\n[b](b.md) [c](c.md) [up](../README.md) [own](#a-台帳-x)' },
      { path: 'docs/b.md', text: '[a](a.md#a-台帳-x) [no](a.md#nothing) `[x](y.md)`\n```\n[x](y.md)\n```\n' },
      { path: 'README.md', text: '[out](https://example.com/x) [docs](docs/)' },
    ];
    const known = new Set(['docs/a.md', 'docs/b.md', 'README.md', 'docs/']);
    expect(tree.deadLinks(documents, path => known.has(path))).toEqual([
      'docs/a.md links to c.md, which is not there',
      'docs/b.md links to a.md#nothing, which has no such heading',
    ]);
    const markdown = texts.filter(file => file.path.endsWith('.md'));
    expect(markdown.length).toBeGreaterThan(0);
    expect(tree.deadLinks(markdown, path => existsSync(join(repository, path)))).toEqual([]);
  });

  it('names no path of the machine it was written on', () => {
    const path = ['/wo', 'rk/main'].join('');
    expect(
      tree.workplacePaths([{ path: 'a.md', text: `fine\nsee ${path}\nhttps://a.example${path}` }]),
    ).toEqual([`a.md:2 names a workplace: see ${path}`]);
    expect(tree.workplacePaths(texts)).toEqual([]);
  });
});

describe('the excuses', () => {
  it('are all still needed', () => {
    expect(EXCUSED.map(([problem]) => problem).filter(problem => !needed.has(problem))).toEqual([]);
  });
});
