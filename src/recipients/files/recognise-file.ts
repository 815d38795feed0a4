import type { UnreadableReason } from '../recipient';

/** Longer than any beginning that is looked for, blanks before it included. */
const HEAD_CHARACTERS = 2_000;
const WEB_PAGE =
  /^<(?:!doctype html|!--|(?:html|head|body|meta|link|title|style|script|table|tr|td|div|p|center|font|xml)[\s>/])/i;
/** A web page with its pictures in one file, as spreadsheets save it. */
const WEB_ARCHIVE = /^mime-version:/i;
/** Excel's XML of 2003. */
const XML_SPREADSHEET = /<(?:\w+:)?workbook[\s>]/i;
const CONTACT_CARD = /^begin:vcard/i;

/**
 * What a file is, by its beginning and not by its name: a zip may be a workbook (`workbook`), and what is neither that
 * nor text comes with the reason why it cannot be read.
 */
export function sniffFile(head: Uint8Array): 'workbook' | 'text' | UnreadableReason {
  if (head.length === 0) return 'empty';
  const startsWith = (...magic: number[]) => magic.every((byte, index) => head[index] === byte);
  if (startsWith(0x50, 0x4b, 0x03, 0x04) || startsWith(0x50, 0x4b, 0x05, 0x06)) return 'workbook';
  // xls, and any workbook with a password.
  if (startsWith(0xd0, 0xcf, 0x11, 0xe0)) return 'spreadsheet';
  const isPdf = startsWith(0x25, 0x50, 0x44, 0x46, 0x2d);
  const isGzip = startsWith(0x1f, 0x8b);
  const isRichText = startsWith(0x7b, 0x5c, 0x72, 0x74, 0x66);
  if (isPdf || isGzip || isRichText) return 'binary';
  return sniffText(beginning(head));
}

function sniffText(text: string): 'text' | UnreadableReason {
  if (WEB_PAGE.test(text) || WEB_ARCHIVE.test(text)) return 'web_page';
  if (CONTACT_CARD.test(text)) return 'contact_cards';
  if (text.startsWith('<?xml')) return XML_SPREADSHEET.test(text) ? 'spreadsheet' : 'web_page';
  return 'text';
}

/** Every encoding writes these letters as ASCII; UTF-16 with a NUL beside each. */
function beginning(head: Uint8Array): string {
  const text = Buffer.from(head.subarray(0, HEAD_CHARACTERS * 2)).toString('latin1');
  return text
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
}
