import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { frame as en } from '../words/en/frame.js';
import { frame as ja } from '../words/ja/frame.js';
import { Sealed } from './sealed.js';

describe('a text that was sealed', () => {
  it('stands as it is; one whose key is not there says so in the language of the reader', async () => {
    await i18next
      .use(initReactI18next)
      .init({ lng: 'ja', resources: { ja: { frame: ja }, en: { frame: en } } });
    const drawn = (text: string): string => renderToStaticMarkup(<Sealed text={text} />);
    expect(drawn('t***@site.jp')).toBe('t***@site.jp');
    expect(drawn('(unreadable)')).toContain('(読めません)');
    await i18next.changeLanguage('en');
    expect(drawn('(unreadable)')).toContain('(unreadable)');
  });
});
