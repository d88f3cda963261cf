import * as fc from 'fast-check';
import { InvalidInput } from '#kernel';
import { parseConnectionString } from './connection-string.js';

describe('the URL of an event store', () => {
  it('holds hosts, login, TLS and times', () => {
    const text =
      'esdb://ops:p%40ss%3A%2F@a.example:2114,10.0.0.2,[::1]:2115?tls=true&tlsCAFile=%2Fetc%2Fca.pem' +
      '&nodePreference=leader&defaultDeadline=5000&keepAliveInterval=-1&connectionName=worker-1';
    expect(parseConnectionString(text)).toEqual({
      hosts: [
        { address: 'a.example', port: 2114 },
        { address: '10.0.0.2', port: 2113 },
        { address: '[::1]', port: 2115 },
      ],
      discover: false,
      tls: true,
      login: { username: 'ops', password: 'p@ss:/' },
      tlsCAFile: '/etc/ca.pem',
      connectionName: 'worker-1',
      numbers: { defaultDeadline: 5_000, keepAliveInterval: -1 },
    });
  });

  it.each([
    ['esdb://localhost?tls=false', { tls: false, discover: false, login: undefined }],
    ['esdb://localhost/', { tls: true }],
    ['kurrentdb+discover://cluster.example:2113', { discover: true, tls: true }],
  ])('is understood: %s', (text, expected) => {
    expect(parseConnectionString(text)).toMatchObject(expected);
  });

  it.each([
    ['', 'must be like'],
    ['http://localhost', 'must be like'],
    ['esdb://', 'must be like'],
    ['esdb://ops@localhost', 'user:password'],
    ['esdb://ops:se:same@localhost', 'percent-encoded'],
    ['esdb://ops:%zz@localhost', 'percent-encoded'],
    ['esdb://ops:sesame@localhost?tls=false', 'tls=false'],
    ['esdb://local host', 'host'],
    ['esdb://localhost:0', 'port'],
    ['esdb://localhost:70000', 'port'],
    ['esdb://a,,b', 'host'],
    ['esdb+discover://a,b', 'one DNS name'],
    ['esdb://localhost?tls=yes', 'tls must be'],
    ['esdb://localhost?tls=false&tlsCAFile=a', 'tlsCAFile'],
    ['esdb://localhost?tlsCAFile=', 'tlsCAFile'],
    ['esdb://localhost?tlsVerifyCert=false', 'tlsVerifyCert'],
    ['esdb://localhost?nodePreference=follower', 'leader'],
    ['esdb://localhost?defaultDeadline=0', 'defaultDeadline'],
    ['esdb://localhost?defaultDeadline=soon', 'defaultDeadline'],
    ['esdb://localhost?keepAliveTimeout=-2', 'keepAliveTimeout'],
    ['esdb://ops:sesame@localhost?throwOnAppendFailure=false', 'not known'],
    ['esdb://localhost?tls=%zz', 'percent-encoded'],
  ])('is refused: %s', (text, problem) => {
    expect(() => parseConnectionString(text)).toThrow(InvalidInput);
    expect(() => parseConnectionString(text)).toThrow(problem);
  });

  it('never shows its password in an error, whatever is wrong with it', () => {
    const secret = 'Sesame9876';
    const spoiled = fc.tuple(fc.nat(60), fc.string({ minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(spoiled, ([at, noise]) => {
        const good = `esdb://ops:${secret}@localhost:2113?tls=true&tlsCAFile=x`;
        const text = good.slice(0, at) + noise + good.slice(at);
        try {
          parseConnectionString(text);
        } catch (error) {
          expect(String(error)).not.toMatch(/Sesame|9876/);
        }
      }),
    );
  });
});
