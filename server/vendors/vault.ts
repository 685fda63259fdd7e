import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '#domain/errors';

/** Where a secret lies. A sealed secret opens nowhere else, so that rows cannot be swapped. */
export interface Place {
  /** Id of the record, such as `crd_…`. */
  record: string;
  field: string;
}

export interface Vault {
  seal(plain: string, place: Place): Uint8Array;
  /** Throws `internal` when the key is another one, or when the secret was altered or moved. */
  open(sealed: Uint8Array, place: Place): string;
  /** Whether it was sealed with the key that `seal` uses now. */
  isCurrent(sealed: Uint8Array): boolean;
}

// version (1) | key id (4) | nonce (12) | tag (16) | ciphertext
const version = 1;
const keyIdLength = 4;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + keyIdLength;
const bodyStart = headLength + nonceLength + tagLength;

/**
 * Seals secrets with AES-256-GCM under a key made from the master key of 32 bytes. What the other master keys have
 * sealed opens, too.
 */
export function createVault(
  masterKey: Uint8Array,
  tenant = 'default',
  others: readonly Uint8Array[] = [],
): Vault {
  const current = toSealingKey(masterKey);
  const all = [current, ...others.map(toSealingKey)];
  const bindingOf = (head: Uint8Array, place: Place) =>
    Buffer.concat([head, Buffer.from(JSON.stringify([tenant, place.record, place.field]))]);

  return {
    seal(plain, place) {
      const { key, head } = current;
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      cipher.setAAD(bindingOf(head, place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([head, nonce, cipher.getAuthTag(), body]);
    },

    open(sealed, place) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < bodyStart || bytes[0] !== version) throw unreadable(place);
      const found = all.find(({ head }) => bytes.subarray(0, headLength).equals(head));
      if (found === undefined) {
        throw new AppError(
          'internal',
          'This secret was stored with another encryption key. Start the server with the key that it had before (ROLLCALL_KEY, or the file "key" in the data folder), or enter the secret again.',
          { place: place.field },
        );
      }
      const nonce = bytes.subarray(headLength, headLength + nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', found.key, nonce, { authTagLength: tagLength });
      decipher.setAAD(bindingOf(found.head, place));
      decipher.setAuthTag(bytes.subarray(headLength + nonceLength, bodyStart));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(bodyStart)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw unreadable(place, cause);
      }
    },

    isCurrent: (sealed) => current.head.equals(sealed.subarray(0, headLength)),
  };
}

/** Names a master key without telling anything of it: 8 hex digits. */
export const keyIdOf = (masterKey: Uint8Array): string =>
  toSealingKey(masterKey).head.toString('hex', headLength - keyIdLength);

function toSealingKey(masterKey: Uint8Array): { key: Buffer; head: Buffer } {
  if (masterKey.length !== 32) throw new AppError('internal', 'The encryption key must have 32 bytes.');
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'rollcall/vault/1', 32));
  const keyId = createHash('sha256').update('rollcall/key-id').update(key).digest().subarray(0, keyIdLength);
  return { key, head: Buffer.concat([Buffer.from([version]), keyId]) };
}

function unreadable(place: Place, cause?: unknown): AppError {
  return new AppError(
    'internal',
    'A stored secret cannot be read: it was altered or belongs to another record. Enter it again.',
    { place: place.field, cause },
  );
}
