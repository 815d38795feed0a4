import type { Knex } from 'knex';
import type { ChannelAccount } from '../channels/channel';
import type { SecretBox } from './secret-box';

/** How one person of a workspace sends on one channel. Holds a secret in the clear: never log it. */
export interface SendingAccount {
  account: ChannelAccount;
  defaultSenderId: string | null;
  /** Requests to send that may be open at once, over all processes. */
  maxOpenRequests: number;
}

export interface AccountBook {
  /** The workspace's credentials, with the person's own app id where they have one. */
  find(key: { tenantId: string; userId: string; channel: string }): Promise<SendingAccount | null>;
  /** Writes a workspace's credentials; the secret is sealed before it is stored. */
  save(
    key: { tenantId: string; channel: string },
    account: ChannelAccount & { senderId: string | undefined },
  ): Promise<void>;
  saveAppId(key: { userId: string; channel: string }, appId: string): Promise<void>;
}

/** `find` throws SecretUnreadable where the secret was sealed with another key. */
export function createAccountBook(db: Knex, secrets: SecretBox): AccountBook {
  return {
    async find({ tenantId, userId, channel }) {
      const row = await db('tenant_channel_config as tenant')
        .leftJoin('user_channel_config as person', (join) =>
          join.on('person.channel', 'tenant.channel').andOnVal('person.user_id', userId),
        )
        .where({ 'tenant.tenant_id': tenantId, 'tenant.channel': channel })
        .first('tenant.*', 'person.app_id as own_app_id');
      if (!row) return null;
      return {
        account: {
          baseUrl: row.base_url,
          apiKey: row.api_key,
          apiSecret: secrets.open(row.api_secret_encrypted, place(tenantId, channel)),
          appId: row.own_app_id ?? row.app_id,
        },
        defaultSenderId: row.sender_id,
        maxOpenRequests: row.max_open_requests,
      };
    },

    async save({ tenantId, channel }, account) {
      await db('tenant_channel_config')
        .insert({
          tenant_id: tenantId,
          channel,
          base_url: account.baseUrl,
          api_key: account.apiKey,
          api_secret_encrypted: secrets.seal(account.apiSecret, place(tenantId, channel)),
          app_id: account.appId,
          sender_id: account.senderId ?? null,
        })
        .onConflict(['tenant_id', 'channel'])
        .merge();
    },

    async saveAppId({ userId, channel }, appId) {
      await db('user_channel_config')
        .insert({ user_id: userId, channel, app_id: appId })
        .onConflict(['user_id', 'channel'])
        .merge();
    },
  };
}

const place = (tenantId: string, channel: string) => `tenant:${tenantId}:${channel}`;
