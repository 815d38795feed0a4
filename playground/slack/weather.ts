import type { Events } from './events';

/** What may go wrong in life, by name. A switch strikes until it is switched off or used up. */
export const SLACK_WEATHER = {
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
  chartsUnsupported: {
    title: 'No charts',
    description: 'Charts (data_visualization) are refused with invalid_blocks.',
  },
  lostResponse: {
    title: 'Answer to a post lost',
    description: 'chat.postMessage takes effect, but the connection drops before the answer.',
  },
  lostAck: {
    title: 'Acknowledgement lost',
    description: 'The bot acknowledges in time, but the person sees a time-out and acts again.',
  },
  serverError: { title: '500', description: 'Every call of the Web API answers 500 with an HTML page.' },
  slow: { title: 'Slow', description: 'Slack takes a second longer for every answer.' },
} as const;

export type WeatherName = keyof typeof SLACK_WEATHER;

export interface WeatherSetting {
  /** Strikes so often, then switches itself off. Left out: until switched off. */
  times?: number;
  /** How late an answer is (`slow`). Default 1000. */
  ms?: number;
  /** Seconds in Retry-After (the rate limits). Default 1. */
  retryAfterS?: number;
}

export interface Weather {
  set(name: WeatherName, setting: WeatherSetting | boolean): void;
  clear(): void;
  /** These are on from now, and no others. */
  load(weather: Partial<Record<WeatherName, WeatherSetting>>): void;
  /** The switches that are on. */
  list(): Partial<Record<WeatherName, WeatherSetting>>;
  /** The setting when the switch strikes now, which uses up one of its times; else null. */
  strike(name: WeatherName): WeatherSetting | null;
}

export function isWeatherName(name: string): name is WeatherName {
  return Object.hasOwn(SLACK_WEATHER, name);
}

export function createWeather(events: Events): Weather {
  const on = new Map<WeatherName, WeatherSetting>();
  const changed = () => events.emit({ type: 'weather' });
  return {
    set: (name, setting) => {
      if (setting === false) on.delete(name);
      else on.set(name, setting === true ? {} : { ...setting });
      changed();
    },
    clear: () => {
      on.clear();
      changed();
    },
    load: (weather) => {
      on.clear();
      for (const [name, setting] of Object.entries(weather)) {
        // Of another version of the demo there may be a switch that is no longer known.
        if (isWeatherName(name)) on.set(name, { ...setting });
      }
      changed();
    },
    list: () => Object.fromEntries(on),
    strike: (name) => {
      const setting = on.get(name);
      if (!setting) return null;
      if (setting.times !== undefined) {
        if (setting.times <= 1) on.delete(name);
        else on.set(name, { ...setting, times: setting.times - 1 });
        changed();
      }
      return setting;
    },
  };
}
