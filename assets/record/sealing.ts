/**
 * Locks what a browser keeps, under a key that the server gives to this person alone. At once and without a promise, so that
 * it also works while a page is being closed, and where the page came over plain http (WebCrypto does neither).
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { bytesToHex, bytesToUtf8, hexToBytes, utf8ToBytes } from "@noble/ciphers/utils.js";

const NONCE_BYTES = 24;

/** Text → locked text; `key` is 64 hexadecimal digits. */
export function seal(key: string, text: string): string {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return bytesToHex(nonce) + bytesToHex(xchacha20poly1305(hexToBytes(key), nonce).encrypt(utf8ToBytes(text)));
}

/** Locked text → text; null when the key is another one, or a letter was changed. */
export function open(key: string, sealed: string): string | null {
  try {
    const bytes = hexToBytes(sealed);
    const cipher = xchacha20poly1305(hexToBytes(key), bytes.subarray(0, NONCE_BYTES));
    return bytesToUtf8(cipher.decrypt(bytes.subarray(NONCE_BYTES)));
  } catch {
    return null;
  }
}
