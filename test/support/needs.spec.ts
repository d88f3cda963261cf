import { existsSync } from 'node:fs';
import { findProgram, needsProgram, program } from './needs.js';

const ABSENT = 'a-program-nobody-has';

/** The names of the groups that `declare` would skip, without skipping any in this file. */
function skippedBy(declare: () => void): string[] {
  const names: string[] = [];
  const own = describe.skip;
  describe.skip = ((name: string) => names.push(name)) as never;
  try {
    declare();
  } finally {
    describe.skip = own;
  }
  return names;
}

describe('a test that needs a program', () => {
  it('finds what is installed and nothing else', () => {
    expect(existsSync(findProgram('sh') ?? '')).toBe(true);
    expect(program('sh')).toBe(findProgram('sh'));
    expect(findProgram(ABSENT)).toBeNull();
    expect(() => program(ABSENT)).toThrow(`${ABSENT} is not installed`);
  });

  it('is skipped under a name that says what to install', () => {
    const names = skippedBy(() => needsProgram('sh', ABSENT)('draws a page', () => undefined));
    expect(names).toEqual([`draws a page [needs ${ABSENT}; apt-get install ${ABSENT}]`]);
  });
});

let ran = false;
needsProgram('sh')('with all programs there', () => {
  it('runs', () => {
    ran = true;
    expect(ran).toBe(true);
  });
});

afterAll(() => {
  if (!ran) throw new Error('needsProgram(sh) did not run its tests');
});
