import type { SlackBlock } from '../blocks/block-kit';

/** Shapes as they travel to the app: Slack's own names, in snake case. */
export interface Team {
  id: string;
  name: string;
  domain: string;
}

export interface Channel {
  id: string;
  name: string;
  is_private: boolean;
  is_im: boolean;
  is_archived: boolean;
  is_ext_shared?: boolean;
  created: number;
  /** People and the bot, by user id. */
  members: string[];
}

export interface MessageMetadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

export interface SlackMessage {
  type: 'message';
  channel: string;
  ts: string;
  user: string;
  team: string;
  text: string;
  bot_id?: string;
  app_id?: string;
  blocks?: SlackBlock[];
  thread_ts?: string;
  /** Set where a reply in a thread is shown in the channel too. */
  subtype?: 'thread_broadcast';
  metadata?: MessageMetadata;
  edited?: { user: string; ts: string };
  files?: SlackFile[];
  /** The one person who sees it; such a message is in no history and cannot be updated by ts. */
  ephemeral_to?: string;
}

/** A file without its addresses, which depend on where the local Slack listens. */
export interface FileFacts {
  id: string;
  created: number;
  timestamp: number;
  name: string;
  title: string;
  mimetype: string;
  filetype: string;
  user: string;
  user_team: string;
  size: number;
  mode: 'hosted';
  channels?: string[];
}

export interface SlackFile extends FileFacts {
  /** Where a person opens it. */
  readonly permalink: string;
  /** Where the app gets it, with its token. */
  readonly url_private: string;
  readonly url_private_download: string;
}

/** A value in `view.state.values[block_id][action_id]`: the key beside `type` depends on the element. */
export type StateValue = { type: string } & Record<string, unknown>;
export type StateValues = Record<string, Record<string, StateValue>>;

interface PlainText {
  type: 'plain_text';
  text: string;
  emoji?: boolean;
}

export interface SlackView {
  id: string;
  team_id: string;
  app_id: string;
  app_installed_team_id: string;
  bot_id: string;
  type: 'modal' | 'home';
  callback_id: string;
  external_id: string;
  private_metadata: string;
  title: PlainText | null;
  submit: PlainText | null;
  close: PlainText | null;
  blocks: SlackBlock[];
  state: { values: StateValues };
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  clear_on_close: boolean;
  notify_on_close: boolean;
}
