import type { TrafficEntry } from '@bulk-sms/playground/slack/traffic';
import { App } from '@slack/bolt';
import { createLog } from '../../../src/log';
import { ACTIONS, CALLBACKS } from '../../../src/slack/blocks/ids';
import { boltLogger } from '../../../src/slack/client/bolt-logger';
import type { SlackClients } from '../../../src/slack/client/slack-clients';
import { onClick, onCommand, onHomeOpened, onShortcut } from '../../../src/slack/listeners/bolt-listeners';
import { onClose, onSubmit } from '../../../src/slack/listeners/form-listeners';
import { registerListeners } from '../../../src/slack/register-listeners';
import { mobiles } from '../../setup/app-context';
import { ANNA, sharedHarness, shownIn } from '../harness';

/**
 * Slack gives up after three seconds. A wall clock says little on a busy machine, so this looks at the order: Slack has
 * the acknowledgement before anything else is done, however long that takes. Only a form is handled before its
 * acknowledgement, which is the reply to it.
 */
const harness = sharedHarness('http');
const anna = () => harness.slack.as(ANNA);
const never = new Promise<never>(() => {});

/** A promise, and the function that resolves it. */
function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const user = { id: ANNA };
const clickOn = (action: string) => ({
  type: 'block_actions',
  user,
  trigger_id: 'trigger',
  container: { type: 'message', channel_id: 'C1', message_ts: '1.0' },
  actions: [{ type: 'button', action_id: action, block_id: 'block', value: 'value' }],
});
const typed = { command: '/sms', text: 'send', user_id: ANNA, trigger_id: 'trigger' };
const shortcut = { type: 'shortcut', callback_id: CALLBACKS.sendShortcut, user, trigger_id: 'trigger' };
const view = (type: 'view_closed' | 'view_submission') => ({
  type,
  user,
  view: { callback_id: CALLBACKS.review, blocks: [], private_metadata: '' },
});
const opened = { type: 'event_callback', event: { type: 'app_home_opened', tab: 'home', user: ANNA } };

describe('a handler that never ends', () => {
  type Handle = () => Promise<never>;
  type Listener = (args: never) => Promise<void>;

  test.each<[string, (handle: Handle) => Listener, object]>([
    ['command', onCommand, { command: typed }],
    ['shortcut', onShortcut, { shortcut }],
    ['click', onClick, { action: clickOn('any').actions[0], body: clickOn('any') }],
    ['closed modal', onClose, { body: view('view_closed'), view: view('view_closed').view }],
  ])('begins after the acknowledgement of a %s', async (_, listen, args) => {
    const steps: string[] = [];
    const begun = signal();
    const handle = () => {
      steps.push('handled');
      begun.resolve();
      return never;
    };
    const ack = async () => void steps.push('acknowledged');
    void listen(handle)({ ...args, ack, context: { slack: harness.clients } } as never);
    await begun.promise;
    expect(steps).toEqual(['acknowledged', 'handled']);
  });

  test('begins after the acknowledgement of an opened Home, which Bolt makes itself', async () => {
    const steps: string[] = [];
    const begun = signal();
    const app = createApp(harness.clients);
    const handle = () => {
      steps.push('handled');
      begun.resolve();
      return never;
    };
    app.event('app_home_opened', onHomeOpened(handle));
    void app.processEvent({ body: opened, ack: async () => void steps.push('acknowledged') });
    await begun.promise;
    expect(steps).toEqual(['acknowledged', 'handled']);
  });
});

test('what a form leaves for afterwards begins once Slack has the acknowledgement', async () => {
  const [asked, received] = [signal(), signal()];
  const steps: string[] = [];
  const slack: SlackClients = {
    ...harness.clients,
    get workspace() {
      // The first thing that a request asks for, before it waits for anything.
      steps.push('request');
      return harness.clients.workspace;
    },
  };
  const listener = onSubmit(async () => {
    steps.push('handled');
    return { afterwards: async () => void steps.push('afterwards') };
  });
  const ack = async () => {
    steps.push('acknowledged');
    asked.resolve();
    await received.promise;
    steps.push('received');
  };
  const { view: submitted, ...body } = view('view_submission');
  const done = listener({ ack, body, view: submitted, context: { slack } } as never);
  await asked.promise;
  await new Promise((resolve) => setImmediate(resolve));
  expect(steps.at(-1)).toBe('acknowledged');
  received.resolve();
  await done;
  const outcome = ['handled', 'acknowledged', 'received', 'afterwards'];
  expect(steps.filter((step) => step !== 'request')).toEqual(outcome);
});

describe('while Slack answers none of the bot’s calls', () => {
  const { value: _input, ...buttons } = ACTIONS;

  test.each<[string, object]>([
    ['the command', typed],
    ['the shortcut', shortcut],
    ['an opened Home', opened],
    ['the closed review', view('view_closed')],
    ...Object.values(buttons).map((action): [string, object] => [`the button ${action}`, clickOn(action)]),
  ])('%s is acknowledged', async (_, body) => {
    const acknowledged = signal();
    const app = createApp(silentSlack());
    registerListeners(app, harness.workspaces);
    // Nobody waits for ever for Slack: the reply that comes in the end has no address here, which is not of this test.
    void app.processEvent({ body: { ...body }, ack: async () => acknowledged.resolve() }).catch(() => {});
    await acknowledged.promise;
  });
});

/** Clients of a Slack that answers no question of who somebody is, and nobody is known. */
function silentSlack(): SlackClients {
  const { clients } = harness;
  const opener = { users: { info: () => never } } as unknown as SlackClients['opener'];
  return { ...clients, opener, settings: { ...clients.settings, personRefreshMs: 0 } };
}

/** Bolt's App, which gets payloads from the test and makes no calls. */
function createApp(slack: SlackClients): App {
  return new App({
    receiver: { init() {}, start: async () => undefined, stop: async () => undefined },
    logger: boltLogger(createLog('silent')),
    convoStore: false,
    authorize: async () => ({ botToken: 'xoxb-test', botId: 'B1', botUserId: 'U1', teamId: 'T1', slack }),
  });
}

describe('while Slack answers slowly', () => {
  beforeEach(() => answerSlowly());
  afterEach(() => harness.slack.faults.clear());

  /** From now on. */
  function answerSlowly(): void {
    harness.slack.traffic.clear();
    harness.slack.faults.set('slow', { ms: 1_000 });
  }

  async function firstEntries(call: string): Promise<TrafficEntry[]> {
    await harness.slack.waitFor(() => harness.slack.traffic.named(call).length > 0);
    return harness.slack.traffic.list();
  }

  test('a click is acknowledged before a window is opened', async () => {
    harness.slack.faults.clear();
    const batchId = await harness.started(mobiles(2, 13_800_138_700));
    await anna().command(`/sms status ${batchId}`, harness.marketing);
    const withButtons = () =>
      anna()
        .sees(harness.marketing)
        .find((one) => shownIn(one).includes('sms_details'));
    const { ts = '' } = (await harness.slack.waitFor(withButtons)) ?? {};
    answerSlowly();
    await anna().click(ts, 'sms_details');
    const [first] = await firstEntries('views.open');
    expect(first).toMatchObject({ direction: 'to_app', kind: 'interaction', status: 200 });
    await anna().close(anna().modal()?.id ?? '');
  });

  test('a command is acknowledged before a window is opened', async () => {
    await anna().command('/sms send', harness.marketing);
    const [first] = await firstEntries('views.open');
    expect(first).toMatchObject({ direction: 'to_app', kind: 'command', status: 200 });
  });
});
