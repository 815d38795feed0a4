import type { Slack } from '@bulk-sms/playground/slack/start-slack';
import type { App, types, ViewClosedAction } from '@slack/bolt';
import { ANNA, type Connection, startBolt } from './start-bolt';

const compose: types.ModalView = {
  type: 'modal',
  callback_id: 'compose',
  title: { type: 'plain_text', text: 'Compose' },
  submit: { type: 'plain_text', text: 'Next' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'words',
      label: { type: 'plain_text', text: 'Message' },
      element: { type: 'plain_text_input', action_id: 'value', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'list',
      optional: true,
      label: { type: 'plain_text', text: 'Recipients file' },
      element: { type: 'file_input', action_id: 'value', filetypes: ['csv'], max_files: 1 },
    },
  ],
};

const review: types.ModalView = {
  ...compose,
  callback_id: 'review',
  notify_on_close: false,
  title: { type: 'plain_text', text: 'Review' },
};

/** A small bot that uses every way of answering. */
function listen(app: App, received: string[]): void {
  app.command('/sms', async ({ command, ack, client, respond }) => {
    received.push(`command ${command.text}`);
    if (command.text === 'help') return ack({ text: 'This is help.' });
    await ack();
    if (command.text === 'respond') {
      await respond({ text: 'Later.', response_type: 'in_channel' });
      return;
    }
    await client.views.open({ trigger_id: command.trigger_id, view: compose });
  });
  app.view('compose', async ({ ack, view }) => {
    const words = view.state.values.words?.value?.value;
    received.push(`compose ${words}`);
    if (words === 'bad') return ack({ response_action: 'errors', errors: { words: 'Not this.' } });
    if (words === 'push') return ack({ response_action: 'push', view: review });
    if (words === 'clear') return ack({ response_action: 'clear' });
    if (words === 'done') return ack();
    return ack({ response_action: 'update', view: review });
  });
  app.view<ViewClosedAction>({ type: 'view_closed', callback_id: 'compose' }, async ({ ack, body }) => {
    received.push(`closed cleared=${body.is_cleared}`);
    await ack();
  });
  app.view('review', ({ ack }) => ack({ response_action: 'clear' }));
  app.action('refresh', async ({ ack, body, respond }) => {
    received.push(`refresh by ${body.user.id}`);
    await ack();
    await respond({ text: 'Refreshed.', replace_original: true });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'divider' }] },
    });
  });
}

describe.each<Connection>(['http', 'socket'])('a conversation over %s', (connection) => {
  let slack: Slack;
  let app: App;
  let received: string[];
  let stop: () => Promise<void>;
  let channel: string;

  beforeAll(async () => {
    received = [];
    ({ slack, app, stop } = await startBolt(connection, (bolt) => listen(bolt, received)));
    channel = slack.channel('marketing').id;
  });
  afterAll(() => stop());
  beforeEach(() => {
    received.length = 0;
  });

  const openCompose = async () => {
    const anna = slack.as(ANNA);
    await anna.command('/sms send', channel);
    return slack.waitFor(() => anna.modal()?.callback_id === 'compose' && anna.modal());
  };

  it('shows the text of an acknowledgement to the person alone', async () => {
    const seen = await slack.as(ANNA).command('/sms help', channel);
    expect(seen).toMatchObject({ acked: true, message: { text: 'This is help.', ephemeral_to: ANNA } });
    expect(slack.messages(channel)).not.toContainEqual(expect.objectContaining({ text: 'This is help.' }));
  });

  it('posts an answer to a response_url into the channel', async () => {
    await slack.as(ANNA).command('/sms respond', channel);
    await slack.waitFor(() => slack.messages(channel).find((message) => message.text === 'Later.'));
  });

  it('keeps what was typed while errors are shown, then updates, then clears', async () => {
    const anna = slack.as(ANNA);
    const view = await openCompose();
    const refused = await anna.submit(view.id, { Message: 'bad' });
    expect(refused.errors).toEqual({ words: 'Not this.' });
    expect(refused.view?.state.values.words?.value?.value).toBe('bad');

    const updated = await anna.submit(view.id, { Message: 'good' });
    expect(updated.view).toMatchObject({ id: view.id, callback_id: 'review' });
    expect(updated.view?.hash).not.toBe(view.hash);
    // The same block_id and action_id: the text is still there.
    expect(updated.view?.state.values.words?.value?.value).toBe('good');

    const cleared = await anna.submit(view.id);
    expect(cleared.view).toBeNull();
  });

  it('pushes a view onto the stack and shows the first again when it is closed', async () => {
    const anna = slack.as(ANNA);
    const view = await openCompose();
    const pushed = await anna.submit(view.id, { words: 'push' });
    expect(pushed.view).toMatchObject({ callback_id: 'review', previous_view_id: view.id });
    expect(slack.openViews(ANNA)).toHaveLength(2);
    const back = await anna.close(pushed.view?.id ?? '');
    expect(back.view?.id).toBe(view.id);
    await anna.close(view.id);
    expect(received).toContain('closed cleared=false');
  });

  it('closes a view on an empty acknowledgement', async () => {
    const view = await openCompose();
    const seen = await slack.as(ANNA).submit(view.id, { Message: 'done' });
    expect(seen).toMatchObject({ acked: true, problem: null, view: null });
  });

  it('delivers a click with everything needed to answer it', async () => {
    const posted = await app.client.chat.postMessage({
      token: 'xoxb-playground',
      channel,
      text: 'Live',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'button', action_id: 'refresh', text: { type: 'plain_text', text: 'Refresh status' } },
          ],
        },
      ],
    });
    await slack.as(ANNA).click(posted.ts ?? '', 'Refresh status');
    const changed = await slack.waitFor(() =>
      slack.messages(channel).find((message) => message.ts === posted.ts && message.text === 'Refreshed.'),
    );
    expect(changed.blocks).toBeUndefined();
    expect(received).toEqual([`refresh by ${ANNA}`]);
  });

  it('delivers the same payload twice if the options say so', async () => {
    await slack.as(ANNA).command('/sms help', channel, { deliverTwice: true });
    expect(received).toEqual(['command help', 'command help']);
    const [first, second] = slack.traffic.named('/sms').slice(-2);
    expect(second?.request).toEqual(first?.request);
  });

  it('makes two payloads of a double click', async () => {
    await slack.as(ANNA).command('/sms help', channel, { double: true });
    const triggers = slack.traffic
      .named('/sms')
      .slice(-2)
      .map((entry) => (entry.request as { trigger_id: string }).trigger_id);
    expect(new Set(triggers).size).toBe(2);
  });

  it('sends the app an event when App Home is opened', async () => {
    await slack.as(ANNA).openHome();
    const home = await slack.waitFor(() => slack.home(ANNA));
    expect(home.blocks).toHaveLength(1);
  });

  it('shows a time-out where only the acknowledgement is lost', async () => {
    slack.faults.set('lostAck', { times: 1 });
    const seen = await slack.as(ANNA).command('/sms help', channel);
    expect(seen).toMatchObject({ acked: false, problem: 'operation_timeout', message: null });
    expect(received).toEqual(['command help']);
  });
});
