import type { NotPossible } from '@bulk-sms/playground/slack/people/not-possible';
import type { Slack } from '@bulk-sms/playground/slack/start-slack';
import type { App, types } from '@slack/bolt';
import { ANNA, startBolt } from './start-bolt';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });

const form: types.ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'words',
      label: plain('Message'),
      dispatch_action: true,
      element: { type: 'plain_text_input', action_id: 'value', max_length: 5, multiline: true },
    },
    {
      type: 'input',
      block_id: 'file',
      optional: true,
      label: plain('File'),
      element: { type: 'file_input', action_id: 'value', filetypes: ['csv'], max_files: 1 },
    },
    {
      type: 'input',
      block_id: 'country',
      optional: true,
      label: plain('Country'),
      element: { type: 'static_select', action_id: 'value', options: [option('cn'), option('us')] },
    },
    {
      type: 'input',
      block_id: 'tick',
      optional: true,
      label: plain('Ticks'),
      element: { type: 'checkboxes', action_id: 'value', options: [option('a'), option('b')] },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('When'),
      element: { type: 'datetimepicker', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'count',
      optional: true,
      label: plain('Count'),
      element: { type: 'number_input', action_id: 'value', is_decimal_allowed: false, max_value: '10' },
    },
    {
      type: 'input',
      block_id: 'channel',
      label: plain('Channel'),
      element: {
        type: 'conversations_select',
        action_id: 'value',
        default_to_current_conversation: true,
        response_url_enabled: true,
      },
    },
    {
      type: 'actions',
      block_id: 'acts',
      elements: [
        {
          type: 'button',
          action_id: 'cancel',
          text: plain('Cancel batch'),
          value: '42',
          confirm: { text: plain('Sure?') },
        },
        { type: 'overflow', action_id: 'more', options: [option('one'), option('two')] },
        { type: 'static_select', action_id: 'page', options: [option('p1'), option('p2')] },
      ],
    },
  ],
};

describe('a person', () => {
  let slack: Slack;
  let stop: () => Promise<void>;
  const actions: Record<string, unknown>[] = [];
  const bodies: Record<string, unknown>[] = [];

  beforeAll(async () => {
    ({ slack, stop } = await startBolt('socket', (app: App) => {
      app.command('/sms', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: form });
      });
      app.view('form', async ({ ack, body }) => {
        bodies.push(body as never);
        await ack({ response_action: 'clear' });
      });
      app.action(/.*/, async ({ ack, action }) => {
        actions.push(action as never);
        await ack();
      });
    }));
  });
  afterAll(() => stop());
  beforeEach(() => {
    actions.length = 0;
    bodies.length = 0;
  });

  const open = async () => {
    const anna = slack.as(ANNA);
    const left = anna.modal();
    if (left) await anna.close(left.id);
    await anna.command('/sms', slack.channel('marketing').id);
    const view = await slack.waitFor(() => anna.modal());
    return { anna, id: view.id };
  };
  const refusal = (act: Promise<unknown>) =>
    act.then(
      () => 'possible',
      (error: NotPossible) => `${error.code} ${error.field}`,
    );

  it('fills in every kind of field by label or block_id', async () => {
    const { anna, id } = await open();
    await anna.submit(id, {
      Message: 'Hello',
      file: [{ name: 'list.csv', content: 'phone\n' }],
      Country: 'US',
      Ticks: ['A', 'b'],
      when: 1_800_000_000,
      Count: '7',
    });
    const [body] = bodies as { view: types.View & { state: { values: object } }; response_urls: object[] }[];
    expect(body?.view.state.values).toMatchObject({
      words: { value: { type: 'plain_text_input', value: 'Hello' } },
      file: { value: { type: 'file_input', files: [{ name: 'list.csv', size: 6, filetype: 'csv' }] } },
      country: { value: { selected_option: { value: 'us' } } },
      tick: { value: { selected_options: [{ value: 'a' }, { value: 'b' }] } },
      when: { value: { selected_date_time: 1_800_000_000 } },
      count: { value: { value: '7' } },
      channel: { value: { selected_conversation: slack.channel('marketing').id } },
    });
    expect(body?.response_urls).toMatchObject([{ block_id: 'channel' }]);
  });

  it.each<[string, Record<string, never>]>([
    ['required words', {}],
    ['not_valid words', { Message: 'too long' as never }],
    ['not_valid file', { File: [{ name: 'list.xlsx', content: '' }] as never }],
    ['not_valid file', { File: [1, 2].map((n) => ({ name: `${n}.csv`, content: '' })) as never }],
    ['not_valid country', { Country: 'Atlantis' as never }],
    ['not_valid count', { Count: '11' as never }],
    ['not_valid count', { Count: '1.5' as never }],
    ['not_valid when', { When: 'tomorrow' as never }],
    ['no_such_control null', { Colour: 'red' as never }],
  ])('is refused by the client with %s', async (expected, entries) => {
    const { anna, id } = await open();
    expect(await refusal(anna.submit(id, entries))).toBe(expected);
    expect(bodies).toEqual([]);
  });

  it('refuses a file of more than ten megabytes', async () => {
    const { anna, id } = await open();
    const content = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect(await refusal(anna.enter(id, 'File', [{ name: 'big.csv', content }]))).toBe('not_valid file');
  });

  it('cannot act on a view that is closed', async () => {
    const { anna, id } = await open();
    await anna.close(id);
    expect(await refusal(anna.submit(id, { Message: 'x' }))).toBe('not_in_front null');
    expect(await refusal(anna.click(id, 'Cancel batch'))).toBe('not_in_front null');
  });

  it('must answer a confirm dialog, and cannot answer one that is not there', async () => {
    const { anna, id } = await open();
    expect(await refusal(anna.click(id, 'Cancel batch'))).toBe('confirm_needed null');
    await anna.click(id, 'Cancel batch', { confirm: true });
    expect(actions).toMatchObject([{ type: 'button', action_id: 'cancel', block_id: 'acts', value: '42' }]);
    expect(await refusal(anna.enter(id, 'page', 'P1', { confirm: true }))).toBe('no_such_control null');
  });

  it('sends the app a choice outside of inputs at once, and typing with dispatch_action', async () => {
    const { anna, id } = await open();
    await anna.enter(id, 'page', 'P2');
    await anna.enter(id, 'more', 'ONE');
    await anna.enter(id, 'Message', 'Hi');
    await anna.enter(id, 'Country', 'CN');
    expect(actions).toMatchObject([
      { type: 'static_select', selected_option: { value: 'p2' } },
      { type: 'overflow', selected_option: { value: 'one' } },
      { type: 'plain_text_input', value: 'Hi' },
    ]);
    expect(actions).toHaveLength(3);
  });

  it('knows only the commands of the app, in channels that they are in', async () => {
    const ben = slack.as('U0BEN00001');
    expect(await refusal(ben.command('/other', slack.channel('general').id))).toBe('no_such_command null');
    expect(await refusal(ben.command('/sms', slack.channel('launch-plans').id))).toBe('not_a_member null');
  });

  it('sends mentions in a command as ids', async () => {
    await slack.as(ANNA).command('/sms status @liwei #general', slack.channel('marketing').id);
    expect(slack.traffic.named('/sms').at(-1)?.request).toMatchObject({
      text: 'status <@U0LIWEI001|liwei> <#C0GENERAL1|general>',
    });
  });
});
