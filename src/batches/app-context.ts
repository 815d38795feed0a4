import type { Knex } from 'knex';
import type { Log } from '../log';
import type { Channel } from '../providers/sms-provider';
import type { AccountBook } from '../tenants/accounts';

/** What every verb of a batch works with. Made once, in app.ts. */
export interface Heart {
  db: Knex;
  channels: Record<string, Channel>;
  accounts: AccountBook;
  settings: HeartSettings;
  log: Log;
  /** The name under which this process gives its sign of life (db/presence.ts). */
  worker?: string | undefined;
  /** Fires when the process must end soon: open requests are given up, their outcome becomes unknown. */
  stopping: AbortSignal;
}

export interface HeartSettings {
  submitTimeoutMs: number;
  /** A lane submits chunk after chunk for so long, then goes behind the lanes of other batches. */
  laneTurnMs: number;
  /** First interval of the poll; it grows with the age of the batch. */
  deliveryPollMs: number;
  deliveryHorizonMs: number;
  /** So long after an unclear answer, who is still uncertain is put before people. */
  uncertainSettleMs: number;
  /** Least time between two edits of one message. */
  messageRefreshMs: number;
}

/** The channel of a batch. A batch of a channel that is not built in is a fault of the installation. */
export function channelOf(heart: Heart, name: string): Channel {
  const channel = heart.channels[name];
  if (!channel) throw new Error(`No channel is named "${name}".`);
  return channel;
}
