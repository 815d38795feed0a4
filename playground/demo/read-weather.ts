import { z } from 'zod';
import { weatherSettingSchema } from '../buka/control';
import { WEATHER_NAMES, type WeatherName, type WeatherSetting } from '../buka/weather/table';
import {
  isWeatherName,
  SLACK_WEATHER,
  type WeatherName as SlackWeatherName,
  type WeatherSetting as SlackWeatherSetting,
} from '../slack/weather';
import { DemoError } from './demo-error';

/** The switches that are on when the demo starts. */
export interface DemoWeather {
  buka: Partial<Record<WeatherName, WeatherSetting>>;
  slack: Partial<Record<SlackWeatherName, SlackWeatherSetting>>;
}

const SLACK_PREFIX = 'slack.';

const slackSettingSchema = z.strictObject({
  times: z.number().int().positive().optional(),
  ms: z.number().int().min(0).optional(),
  retryAfterS: z.number().int().positive().optional(),
});

/**
 * Reads names (`slow,slack.messageDeleted`) or, for more than the usual settings, JSON
 * (`{"slow":{"ms":5000},"slack.postRateLimited":{"times":2}}`). Slack's switches start with `slack.`.
 * Null where nothing is said. Throws DemoError `bad_option`.
 */
export function readWeather(text: string | undefined): DemoWeather | null {
  if (!text?.trim()) return null;
  const weather: DemoWeather = { buka: {}, slack: {} };
  for (const [name, setting] of Object.entries(readSwitches(text.trim()))) {
    const slackName = name.startsWith(SLACK_PREFIX) ? name.slice(SLACK_PREFIX.length) : '';
    if (isWeatherName(slackName)) {
      weather.slack[slackName] = check(slackSettingSchema, name, setting) as SlackWeatherSetting;
    } else if ((WEATHER_NAMES as string[]).includes(name)) {
      weather.buka[name as WeatherName] = check(weatherSettingSchema, name, setting);
    } else {
      throw fault(`does not know "${name}". It knows: ${allNames().join(', ')}.`);
    }
  }
  return weather;
}

function readSwitches(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) {
    const names = text.split(',').map((name) => name.trim());
    return Object.fromEntries(names.filter(Boolean).map((name) => [name, {}]));
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw fault('starts with { but is not JSON.', cause);
  }
}

function check<T>(schema: z.ZodType<T>, name: string, setting: unknown): T {
  const parsed = schema.safeParse(setting);
  if (parsed.success) return parsed.data;
  throw fault(`sets "${name}" wrongly:\n${z.prettifyError(parsed.error)}`);
}

function allNames(): string[] {
  return [...WEATHER_NAMES, ...Object.keys(SLACK_WEATHER).map((name) => SLACK_PREFIX + name)];
}

function fault(what: string, cause?: unknown): DemoError {
  return new DemoError('bad_option', `DEMO_WEATHER ${what}`, { cause });
}
