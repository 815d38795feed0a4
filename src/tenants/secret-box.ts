import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Seals secrets for the database: AES-256-GCM, stored as `v1.<nonce>.<tag>.<ciphertext>` in base64url. `aad`
 * says whose secret it is. It is authenticated with the secret, so that a value that was copied to another
 * row does not open there.
 */
export interface SecretBox {
  seal(plain: string, aad: string): string;
  /** Throws SecretUnreadable if the key or the aad is another one, or the value was altered. */
  open(sealed: string, aad: string): string;
}

export class SecretUnreadable extends Error {
  readonly code = 'secret_unreadable';
  constructor() {
    super('A stored secret cannot be read: ENCRYPTION_KEY is not the one it was stored with.');
    this.name = 'SecretUnreadable';
  }
}

/** A secret as the database holds it. */
export interface StoredSecret {
  /** For the person who starts the bot, such as `the token of workspace T0001`. */
  name: string;
  sealed: string;
  aad: string;
}

/** The key opens what is stored no more, so nothing may be stored with it. */
export class WrongKey extends Error {
  readonly code = 'wrong_key';
  constructor(names: string[]) {
    super(
      `ENCRYPTION_KEY (or, without it, the development key in KEY_DIR) does not open what the database holds: ${names.join(', ')}. Nothing was changed. Start every process with the key that these were stored with. If that key is lost for good, docs/OPERATIONS.md says how to store them anew ("A lost key").`,
    );
    this.name = 'WrongKey';
  }
}

/** An empty one is a secret that an operator has removed, because its key is lost. Throws WrongKey. */
export function assertOpens(secrets: SecretBox, stored: StoredSecret[]): void {
  const isUnreadable = ({ sealed, aad }: StoredSecret): boolean => {
    try {
      secrets.open(sealed, aad);
      return false;
    } catch {
      return true;
    }
  };
  const unreadable = stored.filter((one) => one.sealed !== '' && isUnreadable(one));
  if (unreadable.length > 0) throw new WrongKey(unreadable.map(({ name }) => name));
}

/** `key` is 32 bytes. */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    seal(plain, aad) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return ['v1', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join(
        '.',
      );
    },
    open(sealed, aad) {
      const [version, nonce, tag, body] = sealed.split('.');
      if (version !== 'v1' || !nonce || !tag || body === undefined) throw new SecretUnreadable();
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
          authTagLength: 16,
        });
        decipher.setAAD(Buffer.from(aad)).setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        throw new SecretUnreadable();
      }
    },
  };
}
