import type { Knex } from 'knex';
import { hashWebhookSecret } from './webhook-secret';

/** Whose push address a secret ends. */
export interface WebhookAddresses {
  /** The ids of the accounts that are pushed to there; null: nobody is. Rejects where that cannot be told now. */
  accountsAt(provider: string, secret: string): Promise<string[] | null>;
}

/** The account of this process's settings, and the secret that was agreed on for it. */
export interface EnvironmentAddress {
  provider: string;
  /** Null: none is set, and the account has only the address that was made for it. */
  secret: string | null;
  subAccount: string;
  /** The workspace of the bot token; null while Slack has not told it. */
  tenantId(): string | null;
}

/** A guess costs no query: what is not known is looked for again only after this time, for all guesses together. */
const MISS_RELOAD_MS = 5_000;
/** A secret that an operator has taken away is not known any more after this time. */
const HIT_RELOAD_MS = 60_000;
/** About 2 MB. One process serves far fewer: those after them have to be polled. */
const MAX_ADDRESSES = 10_000;

interface Known {
  at: number;
  byHash: Map<string, Address>;
  ofEnvironment: string[] | null;
}

interface Address {
  id: string;
  provider: string;
}

/** Keeps the addresses of all accounts in memory: everybody can ask, so the database is asked rarely. */
export function createWebhookAddresses(
  db: Knex,
  environment: EnvironmentAddress,
  now: () => number = Date.now,
): WebhookAddresses {
  const environmentHash = environment.secret === null ? null : hashWebhookSecret(environment.secret);
  let known: Known = { at: Number.NEGATIVE_INFINITY, byHash: new Map(), ofEnvironment: null };
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const at = now();
    const tenantId = environment.tenantId();
    const byHash = await loadAddresses(db);
    const ofEnvironment =
      tenantId === null ? null : await loadOfEnvironment(db, { ...environment, tenantId });
    known = { at, byHash, ofEnvironment };
  }

  function reload(): Promise<void> {
    loading ??= load().finally(() => {
      loading = null;
    });
    return loading;
  }

  /** Null: not known. */
  function find(provider: string, hash: string): string[] | null {
    if (provider === environment.provider && hash === environmentHash) return known.ofEnvironment;
    const found = known.byHash.get(hash);
    return found?.provider === provider ? [found.id] : null;
  }

  return {
    async accountsAt(provider, secret) {
      const hash = hashWebhookSecret(secret);
      const found = find(provider, hash);
      const age = now() - known.at;
      // A clock that was set back makes no memory eternal.
      if (age < 0 || age >= (found ? HIT_RELOAD_MS : MISS_RELOAD_MS)) {
        // Where the database is away, what was known still counts: the body is refused later if it cannot be stored.
        await (found ? reload().catch(() => undefined) : reload());
      }
      const accounts = find(provider, hash);
      if (accounts === null && provider === environment.provider && hash === environmentHash)
        throw new Error('The workspace of SLACK_BOT_TOKEN is not known yet.');
      return accounts;
    },
  };
}

async function loadAddresses(db: Knex): Promise<Map<string, Address>> {
  const rows = await db('provider_account')
    .whereNotNull('webhook_secret_hash')
    .orderBy('id')
    .limit(MAX_ADDRESSES)
    .select('id', 'channel as provider', 'webhook_secret_hash as hash');
  return new Map(rows.map(({ hash, ...address }) => [hash, address]));
}

/**
 * Every account of the environment's workspace that sends as its sub-account, whatever it is named: the provider has one push
 * address for a sub-account, so the reports of all their texts come to the one that was agreed on.
 */
async function loadOfEnvironment(
  db: Knex,
  { tenantId, provider, subAccount }: { tenantId: string; provider: string; subAccount: string },
): Promise<string[]> {
  return db('provider_account')
    .where({ tenant_id: tenantId, channel: provider, sub_account: subAccount })
    .orderBy('id')
    .pluck('id');
}
