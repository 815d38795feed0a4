import { findUnknownShortcodes, replaceShortcodes } from '../../src/content/emoji';

describe('a shortcode of Slack', () => {
  it.each([
    ['Sale today :tada: see you :wave:', 'Sale today 🎉 see you 👋'],
    [':+1::thumbsup:', '👍👍'],
    [':flag-us: :us:', '🇺🇸 🇺🇸'],
    [':heart:', '❤️'],
    [':wave::skin-tone-3:', '👋🏼'],
    [':woman-running:', '🏃‍♀️'],
    [':100: percent', '💯 percent'],
    ['so:tada:so', 'so🎉so'],
  ])('%s becomes %s', (text, expected) => {
    expect(replaceShortcodes(text)).toBe(expected);
    expect(findUnknownShortcodes(text)).toEqual([]);
  });

  it.each(['10:30:45', 'a:b:c', 'http://x:80:y', 'score 1:100:3', ':not_there:', 'from 22:00:to'])(
    '%s stays as it is',
    (text) => {
      expect(replaceShortcodes(text)).toBe(text);
    },
  );

  it('without a character is named once', () => {
    expect(findUnknownShortcodes(':party_blob: and :party_blob: :tada: 10:30:45 a:b:c')).toEqual([
      ':party_blob:',
    ]);
  });

  it('with several people of one tone keeps its other characters', () => {
    expect(replaceShortcodes(':woman-running::skin-tone-2:')).toBe('🏃🏻‍♀️');
  });
});
