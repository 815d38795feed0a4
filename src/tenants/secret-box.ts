import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Secrets at rest: AES-256-GCM, stored as `v1.<nonce>.<tag>.<ciphertext>` in base64url. `place` (whose
 * secret it is) is authenticated with it, so that a value moved to another row does not open there.
 */
export interface SecretBox {
  seal(plain: string, place: string): string;
  /** Throws SecretUnreadable when the key is another one or the value was altered. */
  open(sealed: string, place: string): string;
}

export class SecretUnreadable extends Error {
  readonly code = 'secret_unreadable';
  constructor() {
    super('A stored secret cannot be read: ENCRYPTION_KEY is not the one it was stored with.');
    this.name = 'SecretUnreadable';
  }
}

/** `key` is 32 bytes. */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    seal(plain, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return ['v1', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join(
        '.',
      );
    },
    open(sealed, place) {
      const [version, nonce, tag, body] = sealed.split('.');
      if (version !== 'v1' || !nonce || !tag || body === undefined) throw new SecretUnreadable();
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
          authTagLength: 16,
        });
        decipher.setAAD(Buffer.from(place)).setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        throw new SecretUnreadable();
      }
    },
  };
}

/** The key of a machine where none was configured: made once, kept in the data directory for its owner's eyes. */
export async function developmentKey(dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'development-encryption-key');
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
  // A link appears whole or not at all, and only once: whoever comes second takes the first one's key.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  return Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
}
