import type { Knex } from 'knex';
import { type AppContext, providerOf } from '../app-context';
import type { PlannedChunk } from '../store/submissions';
import { listImportAccounts } from './import-accounts.sql';

/** An account as an import needs it. */
export interface ImportAccount {
  id: string;
  provider: string;
  maxRequestsPerSecond: number;
}

/** Which account each recipient of a batch goes to. */
interface AccountChoice {
  /** Where no rule says otherwise. */
  standard: ImportAccount;
  /** By ISO 3166 code. */
  byCountry: ReadonlyMap<string, ImportAccount>;
}

/**
 * The batch's own choice, or else the workspace's rules by country and its default account. Null where the workspace has
 * no account, or the batch's choice is not its own.
 */
export async function chooseAccounts(
  db: Knex,
  batch: { tenant_id: string; account_id: string | null },
): Promise<AccountChoice | null> {
  const accounts = await listImportAccounts(db, batch.tenant_id);
  const chosen = accounts.find((one) =>
    batch.account_id === null ? one.isDefault : one.id === batch.account_id,
  );
  if (!chosen) return null;
  const rules = batch.account_id === null ? accounts : [];
  const byCountry = rules.flatMap((account) =>
    account.countries.map((country): [string, ImportAccount] => [country, account]),
  );
  return { standard: chosen, byCountry: new Map(byCountry) };
}

/** A submission of many requests takes at most this long: what a killed process leaves uncertain is bounded by it. */
const MAX_SUBMISSION_SECONDS = 10;
const MAX_CHUNK = 1_000;

/**
 * How many recipients a chunk of this account has, 1 to 1,000: what one request carries, or, where a request carries a
 * single text, what the account may send in ten seconds.
 */
export function chunkSizeOf(app: AppContext, { provider, maxRequestsPerSecond }: ImportAccount): number {
  const { textsPerRequest } = providerOf(app, provider).capabilities;
  const texts = textsPerRequest > 1 ? textsPerRequest : maxRequestsPerSecond * MAX_SUBMISSION_SECONDS;
  return Math.max(1, Math.min(MAX_CHUNK, texts));
}

/** The longest text that all these providers take. */
export function longestTextOf(app: AppContext, providers: string[]): number {
  return Math.min(...providers.map((provider) => providerOf(app, provider).capabilities.longestText));
}

/** Puts recipients into chunks, in the order of the list: each account fills one chunk after the other. */
export function createChunkPlan(app: AppContext, { standard, byCountry }: AccountChoice) {
  const chunks: PlannedChunk[] = [];
  const openChunks = new Map<string, PlannedChunk>();
  const sizes = new Map<string, number>();
  const providers = new Set<string>();
  return {
    chunks,
    /** Those that any recipient goes to. */
    providers: () => [...providers],
    /** The next recipient of this country. Call it once for each, in order. */
    place(country: string | null): { account: ImportAccount; chunk: number } {
      const account = (country && byCountry.get(country)) || standard;
      let open = openChunks.get(account.id);
      if (!open || open.size === sizes.get(account.id)) {
        open = { chunk: chunks.length + 1, accountId: account.id, size: 0 };
        chunks.push(open);
        openChunks.set(account.id, open);
        sizes.set(account.id, chunkSizeOf(app, account));
        providers.add(account.provider);
      }
      open.size += 1;
      return { account, chunk: open.chunk };
    },
  };
}
