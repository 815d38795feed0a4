import { createHash, randomBytes } from 'node:crypto';
import type { SecretBox } from './secret-box';

/** An account's own webhook secret, which ends the addresses that its provider pushes to. */
export interface StoredWebhookSecret {
  webhook_secret_encrypted: string | null;
  webhook_secret_hash: string | null;
}

/** As long as a key: nobody guesses it, and its hash needs no salt. */
const SECRET_BYTES = 32;

/** A new one, as the account's row holds it. `aad` is that of the account's credentials. */
export function makeWebhookSecret(secrets: SecretBox, aad: string): StoredWebhookSecret {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return {
    webhook_secret_encrypted: secrets.seal(secret, webhookAadOf(aad)),
    webhook_secret_hash: hashWebhookSecret(secret),
  };
}

/** Null where the account has none yet. Throws SecretUnreadable where it was sealed with another key. */
export function openWebhookSecret(
  secrets: SecretBox,
  { webhook_secret_encrypted: sealed }: StoredWebhookSecret,
  aad: string,
): string | null {
  return sealed === null ? null : secrets.open(sealed, webhookAadOf(aad));
}

/** What is compared, so that how long a comparison takes tells nothing of the secret. */
export function hashWebhookSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Stored secrets depend on it, so it must not change. */
const webhookAadOf = (aad: string) => `webhook:${aad}`;
