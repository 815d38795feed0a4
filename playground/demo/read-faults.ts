import { z } from 'zod';
import { BUKA_FAULT_NAMES, type BukaFaultName, type BukaFaultSetting } from '../buka/buka-faults';
import { bukaFaultSettingSchema } from '../buka/control';
import {
  isSlackFaultName,
  SLACK_FAULTS,
  type SlackFaultName,
  type SlackFaultSetting,
} from '../slack/slack-faults';
import { DemoError } from './demo-error';

/** The switches that are on when the demo starts. */
export interface DemoFaults {
  buka: Partial<Record<BukaFaultName, BukaFaultSetting>>;
  slack: Partial<Record<SlackFaultName, SlackFaultSetting>>;
}

const SLACK_PREFIX = 'slack.';

const slackSettingSchema = z.strictObject({
  times: z.number().int().positive().optional(),
  ms: z.number().int().min(0).optional(),
  retryAfterS: z.number().int().positive().optional(),
  error: z.string().min(1).optional(),
});

/**
 * Reads names (`slow,slack.messageDeleted`) or, for more than the usual settings, JSON
 * (`{"slow":{"ms":5000},"slack.postRateLimited":{"times":2}}`). Slack's switches start with `slack.`.
 * Null if nothing is set. Throws DemoError `bad_option`.
 */
export function readFaults(text: string | undefined): DemoFaults | null {
  if (!text?.trim()) return null;
  const faults: DemoFaults = { buka: {}, slack: {} };
  for (const [name, setting] of Object.entries(readSwitches(text.trim()))) {
    const slackName = name.startsWith(SLACK_PREFIX) ? name.slice(SLACK_PREFIX.length) : '';
    if (isSlackFaultName(slackName)) {
      faults.slack[slackName] = check(slackSettingSchema, name, setting) as SlackFaultSetting;
    } else if ((BUKA_FAULT_NAMES as string[]).includes(name)) {
      faults.buka[name as BukaFaultName] = check(bukaFaultSettingSchema, name, setting);
    } else {
      throw fault(`does not know "${name}". It knows: ${allNames().join(', ')}.`);
    }
  }
  return faults;
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
  return [...BUKA_FAULT_NAMES, ...Object.keys(SLACK_FAULTS).map((name) => SLACK_PREFIX + name)];
}

function fault(what: string, cause?: unknown): DemoError {
  return new DemoError('bad_option', `DEMO_FAULTS ${what}`, { cause });
}
