import type { ErrorCode, YAMLError } from 'yaml';
import type { Sentence } from '#kernel';

/** What the codes of the YAML library mean, in Japanese. A code that it gets anew does not compile. */
const IN_JAPANESE: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: '参照（*名前）にアンカーやタグは付けられません',
  BAD_ALIAS: '参照（*名前）またはアンカー（&名前）が正しくありません',
  BAD_COLLECTION_TYPE: 'タグが値の種類と合いません',
  BAD_DIRECTIVE: '% で始まる指示行が正しくありません',
  BAD_DQ_ESCAPE: '二重引用符の中の \\ の後が正しくありません',
  BAD_INDENT: '字下げが正しくありません',
  BAD_PROP_ORDER: 'アンカーやタグの位置が正しくありません',
  BAD_SCALAR_START: '値をこの文字で始めるには、引用符で囲んでください',
  BLOCK_AS_IMPLICIT_KEY: '1行の中に「項目: 値」を重ねて書くことはできません',
  BLOCK_IN_FLOW: '括弧 [ ] { } の中に、字下げで書く形は使えません',
  DUPLICATE_KEY: '同じ項目が2回あります',
  IMPOSSIBLE: '解釈できない箇所があります',
  KEY_OVER_1024_CHARS: '項目名が長すぎます',
  MISSING_CHAR: '閉じる引用符や括弧、コロン、カンマ、空白などが足りません',
  MULTILINE_IMPLICIT_KEY: '項目名が複数の行にまたがっています',
  MULTIPLE_ANCHORS: '1つの値に付けられるアンカーは1つだけです',
  MULTIPLE_DOCS: '1つのファイルに複数の文書（--- の区切り）があります',
  MULTIPLE_TAGS: '1つの値に付けられるタグは1つだけです',
  NON_STRING_KEY: '項目名が文字列ではありません',
  RESOURCE_EXHAUSTION: '入れ子が深すぎます',
  TAB_AS_INDENT: '字下げにタブは使えません。空白を使ってください',
  TAG_RESOLVE_FAILED: 'タグまたは値を解釈できません',
  UNEXPECTED_TOKEN: 'ここに置けない文字や行があります',
};

/** What the YAML library finds wrong, in Japanese by its code. One without words stays English. */
export const yamlWords = ({ code, message }: Pick<YAMLError, 'code' | 'message'>): Sentence => ({
  ja: Object.hasOwn(IN_JAPANESE, code) ? IN_JAPANESE[code] : message,
  en: message,
});
