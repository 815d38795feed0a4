import { startTestSystem, type TestSystem } from './setup/test-system';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ bot: false });
});
afterAll(() => system.close());

test.each([
  ['SLACK_BOT_TOKEN', 'xoxb-other', 'Slack does not accept SLACK_BOT_TOKEN: invalid_auth'],
  ['SLACK_APP_TOKEN', 'xapp-other', 'Slack does not accept SLACK_APP_TOKEN: invalid_auth'],
  ['SLACK_API_URL', 'http://127.0.0.1:9/api/', 'Slack cannot be reached'],
])('the error of a start that Slack refuses says what is wrong: %s', async (variable, value, sentence) => {
  await expect(system.startBot({ [variable]: value })).rejects.toThrow(sentence);
});
