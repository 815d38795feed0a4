import type { Events } from './events';

/** What may go wrong in life, by name. A switch strikes until it is switched off or used up. */
export const SLACK_WEATHER = {
  postRateLimited: 'chat.postMessage answers 429 with Retry-After.',
  updateRateLimited: 'chat.update answers 429 with Retry-After.',
  messageDeleted: 'Somebody deletes the message just before chat.update: message_not_found.',
  channelArchived: 'The channel is archived: is_archived on a post, is_inactive on an update.',
  fileNotReady: 'Downloading an uploaded file answers 404, as it does while Slack is still working on it.',
  fileStub: 'A modal submits its files without addresses (check_file_info): files.info must be asked.',
  chartsUnsupported: 'data_visualization blocks are refused with invalid_blocks.',
  lostResponse: 'chat.postMessage takes effect, but the connection drops before the answer.',
  lostAck: 'The app acknowledges in time, but the person sees a time-out and clicks again.',
  serverError: 'Every Web API method answers 500 with an HTML page.',
  slow: 'Every Web API answer is late by `ms`.',
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
