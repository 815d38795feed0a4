import type { AppContext } from '../app-context';
import type { Source } from '../store/sources';

/**
 * The bytes of an uploaded file; null for pasted numbers. Reading them throws an error whose `code` starts with `file_`
 * where the origin does not give the file.
 */
export function openSource(
  app: AppContext,
  tenantId: string,
  { origin, ref }: Pick<Source, 'origin' | 'ref'>,
): AsyncIterable<Uint8Array> | null {
  if (origin === null || ref === null) return null;
  const open = app.sources[origin];
  if (!open) throw new Error(`No door delivers files of the origin "${origin}".`);
  return open({ tenantId, ref });
}
