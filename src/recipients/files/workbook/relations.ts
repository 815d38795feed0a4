import { posix } from 'node:path';
import { MAX_PART_BYTES, MAX_RELATIONS } from '../../bounds';
import { UnreadableSourceError } from '../unreadable-source';
import type { Zip } from './open-zip';
import { readWholeXml } from './read-xml';

/** How a part of a package names another one (ECMA-376, part 2, 6.5). */
export interface Relation {
  id: string;
  /** The last word of its type: `worksheet`, `sharedStrings`, `styles`, … */
  kind: string;
  /** In the zip. */
  path: string;
}

/** What a part refers to; '' is the whole package. Empty where it refers to nothing. Throws `UnreadableSourceError`. */
export async function readRelations(zip: Zip, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const pieces = await zip.open(name, MAX_PART_BYTES);
  const relations: Relation[] = [];
  if (!pieces) return relations;
  await readWholeXml(pieces, {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship') return;
      if (relations.length === MAX_RELATIONS) throw new UnreadableSourceError('workbook_too_large');
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.push({ id, kind: type.slice(type.lastIndexOf('/') + 1), path });
    },
  });
  return relations;
}
