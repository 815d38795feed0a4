import { completionsOf, toMrkdwn } from '@bulk-sms/playground/page/conversation/commands';
import { en } from '@bulk-sms/playground/page/words/en-page';

const complete = (typed: string) =>
  completionsOf(typed, ['/sms'], 'Bulk SMS', en.conversation.hints).map(({ text }) => text);

test('a slash command is completed from its first letters, and not once it is whole', () => {
  expect(complete('/sms st')).toEqual(['/sms status']);
  expect(complete('/inv')).toEqual(['/invite @Bulk SMS']);
  expect(complete('/sms status')).toEqual([]);
  expect(complete('sms')).toEqual([]);
});

test('a message is sent with its signs escaped and its people mentioned', () => {
  const people = [{ id: 'U0BEN00001', name: 'ben' }];
  expect(toMrkdwn('<b> & @ben, not a@ben', people)).toBe('&lt;b&gt; &amp; <@U0BEN00001>, not a@ben');
});
