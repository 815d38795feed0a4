import type { Hono } from 'hono';
import type { Bindings } from '../http/bindings';
import type { SlackFaultSettings } from './slack-faults';
import type { Team } from './workspace/shapes';

/** A person of the local workspace, with the field names of `users.info`. */
export interface PersonOptions {
  id: string;
  name: string;
  real_name: string;
  locale: string;
  tz: string;
  is_admin?: boolean;
  /** A guest. */
  is_restricted?: boolean;
  /** A guest of one channel. */
  is_ultra_restricted?: boolean;
  is_bot?: boolean;
  /** Deactivated. */
  deleted?: boolean;
  /** Their workspace, where it is another one: they are here by a shared channel (Slack Connect). */
  team_id?: string;
}

export interface ChannelOptions {
  id: string;
  name: string;
  is_private?: boolean;
  is_archived?: boolean;
  /** Shared with another organisation (Slack Connect). */
  is_ext_shared?: boolean;
  /** Ids of the people in it; everybody when left out. */
  members?: string[];
  /** Whether the bot is a member. Default true. */
  bot?: boolean;
}

export interface SlackOptions {
  /** Port on 127.0.0.1; chosen by the system when left out. */
  port?: number;
  signingSecret: string;
  botToken: string;
  /** Needed for Socket Mode (`apps.connections.open`). */
  appToken?: string;
  /** HTTP mode: where commands, interactivity and events are POSTed. Left out: Socket Mode. */
  requestUrl?: string;
  team?: Team;
  people?: PersonOptions[];
  channels?: ChannelOptions[];
  /** Members of a user group by the group's handle. */
  usergroups?: Record<string, string[]>;
  /** Slash commands of the app. Default `/sms`; any other is "not a valid command". */
  commands?: string[];
  /** Scopes granted to the bot token. Default: those of the manifest. */
  scopes?: string[];
  /** Enforce the tiers of the Web API per method and workspace. Default false. */
  rateLimits?: boolean;
  /** Check every payload against Block Kit. Default true. */
  validate?: boolean;
  /** How long the app has to acknowledge. Default 3000. */
  ackTimeoutMs?: number;
  /** How long a trigger lives. Default 3000. */
  triggerLifeMs?: number;
  /** Waits before an unacknowledged event is delivered again. Default at once, 1 and 5 minutes. */
  eventRetryDelaysMs?: number[];
  /** Milliseconds since 1970; governs triggers, response URLs and rate limits. */
  now?: () => number;
  /** A JSON file that keeps channels, messages, homes, the faults and more between two runs. */
  stateFile?: string;
  /** The faults that are on from the start. They replace those in the state file. */
  faults?: SlackFaultSettings;
  /** More routes on the port, such as the demo's page. They are guarded against foreign hosts. */
  page?: Hono<Bindings>;
}

type Optional = 'appToken' | 'requestUrl' | 'stateFile' | 'faults' | 'page';

/** The options with every default filled in. */
export type Settings = Required<Omit<SlackOptions, Optional>> & Pick<SlackOptions, Optional>;

const TEAM: Team = { id: 'T0PLAYGRND', name: 'Playground', domain: 'playground' };

const PEOPLE: PersonOptions[] = [
  {
    id: 'U0ANNA0001',
    name: 'anna',
    real_name: 'Anna Baker',
    locale: 'en-US',
    tz: 'America/New_York',
    is_admin: true,
  },
  { id: 'U0LIWEI001', name: 'liwei', real_name: '李伟', locale: 'zh-CN', tz: 'Asia/Shanghai' },
  { id: 'U0BEN00001', name: 'ben', real_name: 'Ben Carter', locale: 'en-US', tz: 'America/New_York' },
];

const CHANNELS: ChannelOptions[] = [
  { id: 'C0GENERAL1', name: 'general' },
  { id: 'C0MARKETNG', name: 'marketing' },
  { id: 'C0PRIVATE1', name: 'launch-plans', is_private: true, members: ['U0ANNA0001', 'U0LIWEI001'] },
  { id: 'C0NOBOT001', name: 'random', bot: false },
];

const SCOPES = [
  'commands',
  'chat:write',
  'files:read',
  'files:write',
  'users:read',
  'im:write',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'im:history',
];

/** Fills in everything that was left out. */
export function settle(options: SlackOptions): Settings {
  return {
    port: 0,
    team: TEAM,
    people: PEOPLE,
    channels: CHANNELS,
    usergroups: {},
    commands: ['/sms'],
    scopes: SCOPES,
    rateLimits: false,
    validate: true,
    ackTimeoutMs: 3000,
    triggerLifeMs: 3000,
    eventRetryDelaysMs: [0, 60_000, 300_000],
    now: Date.now,
    ...options,
  };
}
