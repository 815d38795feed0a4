import type { Slack } from '@bulk-sms/playground/slack/start-slack';
import type { TrafficEntry } from '@bulk-sms/playground/slack/traffic';
import { type Logger, LogLevel, type types, webApi } from '@slack/bolt';
import { ANNA, SECRETS } from './start-bolt';

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** Slack's own client, without retries and without waiting. */
export const clientOf = (slack: Slack, token: string = SECRETS.botToken) =>
  new webApi.WebClient(token, {
    logger: silent,
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

/** The code of Slack's refusal, or `ok`. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error) => error.data?.error ?? error.code,
  );

export const divider = { type: 'divider' } as const;

export const modal: types.ModalView = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Hi' },
  blocks: [divider],
};

/** A modal that asks for a file. */
export const fileForm: types.ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: { type: 'plain_text', text: 'Form' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'file',
      label: { type: 'plain_text', text: 'Recipients file' },
      element: { type: 'file_input', action_id: 'value', filetypes: ['csv'] },
    },
  ],
};

export const triggerOf = (entry: TrafficEntry | undefined) =>
  (entry?.request as { trigger_id: string } | undefined)?.trigger_id ?? '';

/** A new trigger, made by a command. The command itself fails if no app listens. */
export async function newTrigger(slack: Slack): Promise<string> {
  await slack.as(ANNA).command('/sms', slack.channel('marketing').id);
  return triggerOf(slack.traffic.named('/sms').at(-1));
}
