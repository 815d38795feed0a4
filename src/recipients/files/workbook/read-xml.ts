import { setImmediate as letOthersRun } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { MAX_CHARACTERS_BETWEEN_TAGS, MAX_XML_DEPTH } from '../../bounds';
import { UnreadableSourceError } from '../unreadable-source';

/** What a reader of XML wants to hear of. Names come without their prefix: Strict and Transitional files differ in it. */
export interface XmlHandlers {
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  /** May come in several parts. */
  text?(text: string): void;
}

/**
 * Parses XML as it arrives; after each piece the caller may take what was found, and other work runs. No document types
 * and no entities but the five of XML. Throws `UnreadableSourceError` for XML that is broken, too deep, or has no tag for
 * too long.
 */
export async function* readXml(pieces: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8');
  let depth = 0;
  let sinceTag = 0;
  parser.on('error', refuseDamaged);
  parser.on('doctype', refuseDamaged);
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    sinceTag = 0;
    if (depth > MAX_XML_DEPTH) refuseDamaged();
    handlers.open?.(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    sinceTag = 0;
    handlers.close?.(localName(name));
  });
  if (handlers.text) {
    parser.on('text', handlers.text);
    parser.on('cdata', handlers.text);
  }
  for await (const piece of pieces) {
    sinceTag += piece.length;
    parser.write(decoder.decode(piece, { stream: true }));
    if (sinceTag > MAX_CHARACTERS_BETWEEN_TAGS) refuseDamaged();
    await letOthersRun();
    yield;
  }
  parser.write(decoder.decode());
  parser.close();
  yield;
}

/** Reads a part of a workbook as a whole. */
export async function readWholeXml(pieces: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(pieces, handlers));
}

/** Throws, since what follows cannot be trusted. */
export function refuseDamaged(): never {
  throw new UnreadableSourceError('damaged_workbook');
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** An attribute that has a prefix, as in `r:id`; null where there is none. */
export function prefixedAttribute(attributes: Record<string, string>, name: string): string | null {
  const key = Object.keys(attributes).find((one) => one.includes(':') && localName(one) === name);
  return key === undefined ? null : (attributes[key] ?? null);
}

/**
 * `_x000D_` stands for a character that XML does not have (ECMA-376, 22.4.2.4). A NUL becomes U+FFFD, as in text files:
 * Postgres cannot store it.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code === 0 ? '\ufffd' : String.fromCharCode(code);
  });
}
