import { describe, expect, it } from '@jest/globals';
import { rulesOf } from './password-rules.js';

const missing = (password: string): string[] =>
  rulesOf(password).flatMap(([rule, met]) => (met ? [] : [rule]));

describe('the live rules of a new password (ACC-16)', () => {
  it.each([
    ['', ['length', 'upper', 'lower', 'symbol', 'characters']],
    ['Abcdef!', ['length']],
    ['Abcdefg!', []],
    ['abcdefg!', ['upper']],
    ['ABCDEFG!', ['lower']],
    ['Abcdefg1', ['symbol']],
    ['Abcdefg!あ', ['characters']],
    ['Abcdefg!~', ['characters']],
    ['Ａbcdefg!', ['upper', 'characters']],
    ['Abcdefg! ', ['characters']],
  ])('%p lacks %p', (password, lacks) => {
    expect(missing(password)).toEqual(lacks);
  });
});
