import { createFaultEngine, type FaultEngine, type FaultSetting } from '../faults/fault-engine';
import type { Events } from './events';

/** What may go wrong at Slack, by name, with the words that a person reads. */
export const SLACK_FAULTS = {
  postRateLimited: {
    title: '429 for posts',
    description: 'chat.postMessage answers 429 with Retry-After.',
  },
  updateRateLimited: {
    title: '429 for edits',
    description: 'chat.update answers 429 with Retry-After.',
  },
  messageDeleted: {
    title: 'Message deleted',
    description: 'Somebody deletes the message just before the bot changes it (message_not_found).',
  },
  channelArchived: {
    title: 'Channel archived',
    description: 'The channel is archived: posts answer is_archived, edits is_inactive.',
  },
  fileNotReady: {
    title: 'File not ready',
    description: 'An uploaded file cannot be downloaded yet (404), as while Slack still works on it.',
  },
  fileStub: {
    title: 'File without address',
    description: 'A form hands in its files without addresses (check_file_info): files.info must be asked.',
  },
  uploadSilent: {
    title: 'No answer to uploads',
    description: 'The upload of a file is never answered: only the one who uploads ends it.',
  },
  chartsUnsupported: {
    title: 'No charts',
    description: 'Charts (data_visualization) are refused with invalid_blocks.',
  },
  lostResponse: {
    title: 'Answer to a post lost',
    description: 'chat.postMessage takes effect, but the connection drops before the answer.',
  },
  postUnclear: {
    title: 'Post without a clear answer',
    description: 'A post or the sharing of files takes effect, and is answered internal_error.',
  },
  threadRefused: {
    title: 'Thread locked',
    description: 'Replies in threads are refused (thread_locked). The channel takes posts.',
  },
  editRefused: {
    title: 'Edits refused',
    description:
      'Messages stay as they are: chat.update answers cant_update_message, chat.delete cant_delete_message.',
  },
  personLimited: {
    title: '429 for people',
    description: 'users.info answers 429: the bot cannot ask who somebody is.',
  },
  channelsLimited: {
    title: '429 for channels',
    description: 'users.conversations answers 429: the bot cannot ask which channels somebody is in.',
  },
  personSilent: {
    title: 'No answer about people',
    description: 'users.info is not answered for half a minute.',
  },
  tokenRefused: {
    title: 'Token revoked',
    description: 'Every call with the bot token answers token_revoked.',
  },
  socketRefused: {
    title: 'No new socket',
    description: 'Socket Mode: apps.connections.open answers invalid_auth. An open socket stays open.',
  },
  orgToken: {
    title: 'Org-wide token',
    description: 'The bot token belongs to a whole organisation, as auth.test says at a start.',
  },
  lostAck: {
    title: 'Acknowledgement lost',
    description: 'The bot acknowledges in time, but the person sees a time-out and acts again.',
  },
  serverError: { title: '500', description: 'Every call of the Web API answers 500 with an HTML page.' },
  slow: { title: 'Slow', description: 'Slack takes a second longer for every answer.' },
} as const;

export type SlackFaultName = keyof typeof SLACK_FAULTS;

export interface SlackFaultSetting extends FaultSetting {
  /** How late an answer is (`slow`: 1000 by default; `personSilent`: 30,000). */
  ms?: number | undefined;
  /** Seconds in Retry-After (the rate limits). Default 1. */
  retryAfterS?: number | undefined;
  /** The error code of the answer, in place of the usual one. One that starts with `<` is a page of HTML. */
  error?: string | undefined;
}

/** Faults and their settings by name. */
export type SlackFaultSettings = Partial<Record<SlackFaultName, SlackFaultSetting>>;

type Engine = FaultEngine<SlackFaultName, SlackFaultSetting>;

export interface SlackFaults extends Pick<Engine, 'set' | 'clear' | 'strike'> {
  /** Switches these on, and all others off. */
  load(settings: SlackFaultSettings): void;
  /** The faults that are on; `times` counts down to what is left. */
  current(): SlackFaultSettings;
}

export function isSlackFaultName(name: string): name is SlackFaultName {
  return Object.hasOwn(SLACK_FAULTS, name);
}

export function createSlackFaults(events: Events): SlackFaults {
  const engine: Engine = createFaultEngine({
    names: Object.keys(SLACK_FAULTS) as SlackFaultName[],
    onChange: () => events.emit({ type: 'faults' }),
  });
  return {
    set: engine.set,
    clear: engine.clear,
    strike: engine.strike,
    load: (settings) =>
      engine.load(
        Object.entries(settings).map(([name, setting]) => [
          name as SlackFaultName,
          { setting: { ...setting }, seen: 0, struck: 0 },
        ]),
      ),
    current: () =>
      Object.fromEntries(
        engine.active().map(([name, { setting, struck }]) => [name, leftOf(setting, struck)]),
      ),
  };
}

function leftOf(setting: SlackFaultSetting, struck: number): SlackFaultSetting {
  return setting.times === undefined ? { ...setting } : { ...setting, times: setting.times - struck };
}
