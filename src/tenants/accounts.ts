import type { Knex } from 'knex';
import type { ProviderAccount } from '../providers/sms-provider';
import type { SecretBox } from './secret-box';

/** How one person of a workspace sends through one provider. Has the secret in plain text: never log it. */
export interface AccountSettings {
  account: ProviderAccount;
  defaultSenderId: string | null;
  /** The most send requests that may be open at once, over all processes. */
  maxOpenRequests: number;
}

export interface Accounts {
  /**
   * The workspace's credentials, with the person's own app id if they have one. Null if the workspace has
   * none.
   */
  find(key: { tenantId: string; userId: string; provider: string }): Promise<AccountSettings | null>;
  /**
   * Every account that a workspace sends with: its own first, then one for each other app id of its people.
   */
  list(key: { tenantId: string; provider: string }): Promise<ProviderAccount[]>;
  /** Stores a workspace's credentials in place of former ones. The secret is sealed first. */
  save(
    key: { tenantId: string; provider: string },
    account: ProviderAccount & { senderId: string | undefined },
  ): Promise<void>;
  /**
   * Stores a person's own app id. Nothing calls it yet: it is for the settings of an admin. Until then the row is written
   * by hand (docs/OPERATIONS.md).
   */
  saveAppId(key: { userId: string; provider: string }, appId: string): Promise<void>;
}

/** `find` and `list` throw SecretUnreadable if the secret was sealed with another key. */
export function createAccounts(db: Knex, secrets: SecretBox): Accounts {
  const accountOf = (row: TenantConfig, appId: string): ProviderAccount => ({
    baseUrl: row.base_url,
    apiKey: row.api_key,
    apiSecret: secrets.open(row.api_secret_encrypted, aadOf(row.tenant_id, row.channel)),
    appId,
  });
  return {
    async find({ tenantId, userId, provider }) {
      const row = await db('tenant_channel_config as tenant')
        .leftJoin('user_channel_config as person', (join) =>
          join.on('person.channel', 'tenant.channel').andOnVal('person.user_id', userId),
        )
        .where({ 'tenant.tenant_id': tenantId, 'tenant.channel': provider })
        .first('tenant.*', 'person.app_id as own_app_id');
      if (!row) return null;
      return {
        account: accountOf(row, row.own_app_id ?? row.app_id),
        defaultSenderId: row.sender_id,
        maxOpenRequests: row.max_open_requests,
      };
    },

    async list({ tenantId, provider }) {
      const row = await db('tenant_channel_config').where({ tenant_id: tenantId, channel: provider }).first();
      if (!row) return [];
      const own: string[] = await db('user_channel_config as config')
        .join('app_user as person', 'person.id', 'config.user_id')
        .where({ 'person.tenant_id': tenantId, 'config.channel': provider })
        .distinct('config.app_id')
        .orderBy('config.app_id')
        .pluck('config.app_id');
      return [...new Set([row.app_id, ...own])].map((appId) => accountOf(row, appId));
    },

    async save({ tenantId, provider }, account) {
      await db('tenant_channel_config')
        .insert({
          tenant_id: tenantId,
          channel: provider,
          base_url: account.baseUrl,
          api_key: account.apiKey,
          api_secret_encrypted: secrets.seal(account.apiSecret, aadOf(tenantId, provider)),
          app_id: account.appId,
          sender_id: account.senderId ?? null,
        })
        .onConflict(['tenant_id', 'channel'])
        .merge();
    },

    async saveAppId({ userId, provider }, appId) {
      await db('user_channel_config')
        .insert({ user_id: userId, channel: provider, app_id: appId })
        .onConflict(['user_id', 'channel'])
        .merge();
    },
  };
}

interface TenantConfig {
  tenant_id: string;
  channel: string;
  base_url: string;
  api_key: string;
  api_secret_encrypted: string;
}

/**
 * Authenticated with the sealed secret: see secret-box.ts. Stored secrets depend on it, so it must not
 * change.
 */
const aadOf = (tenantId: string, provider: string) => `tenant:${tenantId}:${provider}`;
