import { createWorld, type World } from './setup/running-bot';

let world: World;
beforeAll(async () => {
  world = await createWorld({ bot: false });
});
afterAll(() => world.close());

test.each([
  ['SLACK_BOT_TOKEN', 'xoxb-other', 'Slack does not accept SLACK_BOT_TOKEN: invalid_auth'],
  ['SLACK_APP_TOKEN', 'xapp-other', 'Slack does not accept SLACK_APP_TOKEN: invalid_auth'],
  ['SLACK_API_URL', 'http://127.0.0.1:9/api/', 'Slack cannot be reached'],
])('a start that Slack refuses says in words what is wrong: %s', async (variable, value, sentence) => {
  await expect(world.startBot({ [variable]: value })).rejects.toThrow(sentence);
});
