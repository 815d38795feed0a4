import { MAX_CELL_CHARACTERS, MAX_STRING_BYTES, MAX_STRINGS } from '../../bounds';
import { UnreadableSourceError } from '../unreadable-source';
import { decodeEscapes, readWholeXml, refuseDamaged } from './read-xml';

/** One more than a cell may have tells that it has too many. */
const KEPT_CHARACTERS = MAX_CELL_CHARACTERS + 1;
const FIRST_BYTES = 64 * 1024;
const FIRST_STRINGS = 1024;

/** The texts of a workbook, which its cells name by their index. */
export interface SharedStrings {
  /** Throws `UnreadableSourceError` for an index that there is not. */
  at(index: number): string;
}

/** Of a workbook whose cells have their texts themselves, or only numbers. */
export const NO_STRINGS: SharedStrings = { at: refuseDamaged };

/** Reads all shared strings into one buffer: a million JavaScript strings would take several times as much. */
export async function readSharedStrings(pieces: AsyncIterable<Buffer>): Promise<SharedStrings> {
  let bytes = Buffer.alloc(FIRST_BYTES);
  let used = 0;
  let ends = new Uint32Array(FIRST_STRINGS);
  let count = 0;
  let text = '';
  let isText = false;
  let isPhonetic = false;

  function keep(): void {
    if (count === MAX_STRINGS) throw new UnreadableSourceError('workbook_too_large');
    const own = decodeEscapes(text.slice(0, KEPT_CHARACTERS));
    const end = used + Buffer.byteLength(own);
    if (end > MAX_STRING_BYTES) throw new UnreadableSourceError('workbook_too_large');
    if (end > bytes.length) {
      const larger = Buffer.alloc(Math.max(end, bytes.length * 2));
      bytes.copy(larger, 0, 0, used);
      bytes = larger;
    }
    if (count === ends.length) {
      const larger = new Uint32Array(ends.length * 2);
      larger.set(ends);
      ends = larger;
    }
    bytes.write(own, used);
    used = end;
    ends[count] = end;
    count += 1;
  }

  await readWholeXml(pieces, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    text(part) {
      if (isText && text.length < KEPT_CHARACTERS) text += part;
    },
    close(name) {
      if (name === 'si') keep();
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 't') isText = false;
    },
  });
  return {
    at(index) {
      if (!(Number.isInteger(index) && index >= 0 && index < count)) refuseDamaged();
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index]);
    },
  };
}
