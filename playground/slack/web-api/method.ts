import type { SlackContext } from '../slack-context';
import type { Arguments } from './arguments';
import { ApiRefusal } from './refusal';

/** Calls in a minute for one workspace, by Slack's tiers. */
export const TIERS = { tier1: 1, tier2: 20, tier3: 50, tier4: 100, special: 600 } as const;
type Tier = keyof typeof TIERS;

export interface Method {
  tier: Tier;
  /** The scope that the bot token needs. */
  scope?: string;
  /** Which token the method wants. Default: the bot's. */
  token?: 'app' | 'none';
  /** Returns the fields that are added to `{ok: true}`. Throws ApiRefusal. */
  run(slack: SlackContext, args: Arguments): object | Promise<object>;
}

export type Methods = Record<string, Method>;

/** For methods whose scope depends on their arguments. Throws ApiRefusal. */
export function checkScope({ settings }: SlackContext, scope: string): void {
  if (settings.scopes.includes(scope)) return;
  throw new ApiRefusal('missing_scope', { needed: scope, provided: settings.scopes.join(',') });
}
