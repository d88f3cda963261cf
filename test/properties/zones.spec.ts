import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { nodeArguments } from '../support/child.js';

const run = (zone: string): [string, string] => {
  const env = { ...process.env, TZ: zone };
  const args = nodeArguments('test/properties/zones.fixture.ts');
  return execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim().split(' ') as [
    string,
    string,
  ];
};

describe('the calendar of Japan', () => {
  it('is the same on a machine of any zone, also where clocks are put forward and back', () => {
    const inJapan = run('Asia/Tokyo');
    expect(inJapan[0]).toBe('-540');
    for (const [zone, offset] of [
      ['America/New_York', '300'],
      ['Asia/Kathmandu', '-330'],
      ['Pacific/Apia', '660'],
    ] as const) {
      expect([zone, ...run(zone)]).toEqual([zone, offset, inJapan[1]]);
    }
  });
});
