import { startTestSystem } from './setup/test-system';

test.each([
  ['SLACK_BOT_TOKEN', 'xoxb-other', 'Slack does not accept SLACK_BOT_TOKEN: invalid_auth'],
  ['SLACK_APP_TOKEN', 'xapp-other', 'Slack does not accept SLACK_APP_TOKEN: invalid_auth'],
  ['SLACK_API_URL', 'http://127.0.0.1:9/api/', 'Slack cannot be reached'],
])(
  'the error of a first start that Slack refuses says what is wrong: %s',
  async (variable, value, sentence) => {
    const system = await startTestSystem({ bot: false });
    try {
      await expect(system.startBot({ [variable]: value })).rejects.toThrow(sentence);
    } finally {
      await system.close();
    }
  },
);
