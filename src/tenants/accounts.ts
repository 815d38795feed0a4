import type { Knex } from 'knex';
import type { ProviderAccount } from '../providers/provider-account';
import type { SmsProvider } from '../providers/sms-provider';
import { assertOpens, type SecretBox, SecretUnreadable, type StoredSecret } from './secret-box';
import { makeWebhookSecret, openWebhookSecret, type StoredWebhookSecret } from './webhook-secret';

/** A workspace's account at a provider, with its limits. Holds secrets in plain text: never log it. */
export interface AccountSettings extends ProviderAccount {
  id: string;
  tenantId: string;
  provider: string;
  defaultSenderId: string | null;
  /** The most send requests that may be open at once, over all processes. */
  maxOpenRequests: number;
  maxRequestsPerSecond: number;
}

export interface Accounts {
  /** The account as this person sends with it: with their own sub-account if they have one. Null if there is none. */
  find(accountId: string, userId: string | null): Promise<AccountSettings | null>;
  /** The workspace's default account. Null if it has none. */
  findDefault(tenantId: string): Promise<{ id: string; provider: string } | null>;
  /** The account, once for each sub-account that it sends with: its own first, then those of people. */
  listSubAccounts(accountId: string): Promise<AccountSettings[]>;
  /**
   * The accounts of all workspaces at a provider that send as this sub-account: one of them has got the webhook. Without
   * those whose credentials were sealed with another key.
   */
  listBySubAccount(provider: string, subAccount: string): Promise<AccountSettings[]>;
  /**
   * Stores a workspace's account in place of a former one of that provider and name. The credentials are checked by their
   * provider (throws a ZodError) and sealed. The first account of a workspace is its default. It keeps its webhook secret,
   * unless that was sealed with a key that is lost. Returns its id. Throws WrongKey, and stores nothing, where the former one
   * was sealed with another key.
   */
  save(
    key: { tenantId: string; provider: string; name?: string },
    account: ProviderAccount & { senderId?: string | undefined },
  ): Promise<string>;
  /** Gives a webhook secret to every account that a version before has stored without one. */
  addWebhookSecrets(): Promise<void>;
  /** What ends the addresses that the provider pushes to. Null: the account has none yet, or there is no such account. */
  findWebhookSecret(accountId: string): Promise<string | null>;
  /** The credentials of all workspaces, as they are stored. */
  listSealed(): Promise<StoredSecret[]>;
  /**
   * Stores a person's own sub-account. Nothing calls it yet: it is for the settings of an admin. Until then the row is
   * written by hand (docs/OPERATIONS.md).
   */
  saveSubAccount(key: { userId: string; accountId: string }, subAccount: string): Promise<void>;
}

/** The name of an account that was given none. */
export const DEFAULT_NAME = 'default';

/** `find`, `listSubAccounts` and `findWebhookSecret` throw SecretUnreadable if the credentials were sealed with another key. */
export function createAccounts(
  db: Knex,
  secrets: SecretBox,
  providers: Record<string, Pick<SmsProvider, 'credentials'>>,
): Accounts {
  const check = (provider: string, credentials: unknown): unknown => {
    const known = providers[provider];
    if (!known) throw new Error(`No provider is named "${provider}".`);
    return known.credentials.parse(credentials);
  };
  const open = (row: AccountRow, subAccount = row.sub_account): AccountSettings => ({
    id: row.id,
    tenantId: row.tenant_id,
    provider: row.channel,
    credentials: check(row.channel, readCredentials(row)),
    subAccount,
    defaultSenderId: row.sender_id,
    maxOpenRequests: row.max_open_requests,
    maxRequestsPerSecond: row.max_requests_per_second,
  });
  const readCredentials = (row: AccountRow): unknown => {
    const opened = secrets.open(row.credentials_encrypted, storedAadOf(row));
    return isFormer(row) ? { ...row.settings, secret: opened } : JSON.parse(opened);
  };
  const openIfReadable = (row: AccountRow, subAccount: string): AccountSettings[] => {
    try {
      return [open(row, subAccount)];
    } catch (error) {
      if (error instanceof SecretUnreadable) return [];
      throw error;
    }
  };
  const keepsWebhookSecret = (row: AccountRow | undefined): boolean => {
    try {
      return row !== undefined && openWebhookSecret(secrets, row, aadOf(row)) !== null;
    } catch {
      return false;
    }
  };
  const ownSubAccounts = (accountId: string) =>
    db('person_sub_account').where({ account_id: accountId }).distinct('sub_account').orderBy('sub_account');

  return {
    async find(accountId, userId) {
      const row = await db('provider_account as account')
        .leftJoin('person_sub_account as own', (join) =>
          join.on('own.account_id', 'account.id').andOnVal('own.user_id', userId),
        )
        .where('account.id', accountId)
        .first('account.*', 'own.sub_account as own_sub_account');
      return row ? open(row, row.own_sub_account ?? row.sub_account) : null;
    },

    async findDefault(tenantId) {
      const row = await db('provider_account')
        .where({ tenant_id: tenantId, is_default: true })
        .first('id', 'channel as provider');
      return row ?? null;
    },

    async listSubAccounts(accountId) {
      const row = await db('provider_account').where({ id: accountId }).first();
      if (!row) return [];
      const own: string[] = await ownSubAccounts(accountId).pluck('sub_account');
      return [...new Set([row.sub_account, ...own])].map((subAccount) => open(row, subAccount));
    },

    async listBySubAccount(provider, subAccount) {
      const rows = await db('provider_account as account')
        .where({ channel: provider })
        .where((either) =>
          either
            .where('sub_account', subAccount)
            .orWhereExists(
              db('person_sub_account')
                .whereRaw('account_id = account.id')
                .where({ sub_account: subAccount })
                .select(db.raw('1')),
            ),
        );
      return rows.flatMap((row: AccountRow) => openIfReadable(row, subAccount));
    },

    async save({ tenantId, provider, name = DEFAULT_NAME }, { credentials, subAccount, senderId }) {
      const key = { tenant_id: tenantId, channel: provider, name };
      return db.transaction(async (trx) => {
        const former = await trx('provider_account').where(key).forUpdate();
        assertOpens(secrets, former.map(toStoredSecret));
        const secret = keepsWebhookSecret(former[0]) ? {} : makeWebhookSecret(secrets, aadOf(key));
        const [row] = await trx('provider_account')
          .insert({
            ...secret,
            ...key,
            is_default: db.raw(
              'not exists (select 1 from provider_account where tenant_id = ? and is_default)',
              [tenantId],
            ),
            settings: '{}',
            credentials_encrypted: secrets.seal(JSON.stringify(check(provider, credentials)), aadOf(key)),
            sub_account: subAccount,
            sender_id: senderId ?? null,
          })
          .onConflict(['tenant_id', 'channel', 'name'])
          .merge(['settings', 'credentials_encrypted', 'sub_account', 'sender_id', ...Object.keys(secret)])
          .returning('id');
        return row.id;
      });
    },

    async addWebhookSecrets() {
      const rows: AccountRow[] = await db('provider_account').whereNull('webhook_secret_hash');
      for (const row of rows) {
        // Another process may be first.
        await db('provider_account')
          .where({ id: row.id, webhook_secret_hash: null })
          .update(makeWebhookSecret(secrets, aadOf(row)));
      }
    },

    async findWebhookSecret(accountId) {
      const row = await db('provider_account').where({ id: accountId }).first();
      return row ? openWebhookSecret(secrets, row, aadOf(row)) : null;
    },

    async listSealed() {
      return (await db('provider_account').orderBy('id')).map(toStoredSecret);
    },

    async saveSubAccount({ userId, accountId }, subAccount) {
      await db('person_sub_account')
        .insert({ user_id: userId, account_id: accountId, sub_account: subAccount })
        .onConflict(['user_id', 'account_id'])
        .merge();
    },
  };
}

/** What names an account, without any secret. */
export interface AccountName {
  id: string;
  tenantId: string;
  provider: string;
  name: string;
  subAccount: string;
  isDefault: boolean;
}

/** The accounts of all workspaces. */
export async function listAccountNames(db: Knex): Promise<AccountName[]> {
  return db('provider_account').orderBy('id').select({
    id: 'id',
    tenantId: 'tenant_id',
    provider: 'channel',
    name: 'name',
    subAccount: 'sub_account',
    isDefault: 'is_default',
  });
}

interface AccountRow extends StoredWebhookSecret {
  id: string;
  tenant_id: string;
  channel: string;
  name: string;
  settings: Record<string, string>;
  credentials_encrypted: string;
  sub_account: string;
  sender_id: string | null;
  max_open_requests: number;
  max_requests_per_second: number;
}

/** Authenticated with the sealed credentials: see secret-box.ts. Stored secrets depend on it, so it must not change. */
const aadOf = (row: Pick<AccountRow, 'tenant_id' | 'channel' | 'name'>) =>
  `account:${row.tenant_id}:${row.channel}:${row.name}`;

/** A row of the version before has its secret alone sealed, and all else in `settings`. */
const isFormer = (row: AccountRow) => Object.keys(row.settings).length > 0;
const storedAadOf = (row: AccountRow) => (isFormer(row) ? formerAadOf(row) : aadOf(row));

const toStoredSecret = (row: AccountRow): StoredSecret => ({
  name: `the account ${row.name} of workspace ${row.tenant_id} at ${row.channel}`,
  sealed: row.credentials_encrypted,
  aad: storedAadOf(row),
});

const formerAadOf = (row: AccountRow) => `tenant:${row.tenant_id}:${row.channel}`;
