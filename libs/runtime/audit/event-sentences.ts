import type { Sentence } from '#kernel';
import { STORED_TYPES } from '../engine/codecs.js';
import { sentenceOf } from './sentence.js';

/**
 * What a stored event says in both languages, with its money and names.
 * @param data the stored form, parsed
 */
export function describeEvent(type: string, data: unknown): Sentence {
  const declared = STORED_TYPES.get(type);
  if (!declared) return { ja: type, en: type };
  const { ja, en } = declared.sentence;
  return { ja: sentenceOf(ja, data, 'ja'), en: sentenceOf(en, data, 'en') };
}
