import { createLog } from '../../../src/log';
import { refuseForeignApps } from '../../../src/slack/listeners/middleware';

it.each([
  ['for this app', { api_app_id: 'A1' }, 'A1', true],
  ['for another app', { api_app_id: 'A2' }, 'A1', false],
  ['that names no app', {}, 'A1', true],
  ['where Slack has not told which app this is', { api_app_id: 'A2' }, null, true],
])('a payload %s', async (_, body, appId, isTaken) => {
  const next = jest.fn();
  const slack = { workspace: { appId }, log: createLog('silent') };
  await refuseForeignApps({ body, context: { slack }, next } as never);
  expect(next).toHaveBeenCalledTimes(isTaken ? 1 : 0);
});
