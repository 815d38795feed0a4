import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BYTE_ORDER_MARK } from './csv';

/** Small enough for a preview and for mail, and within the rows of a spreadsheet (1,048,576). */
export const FILE_LIMITS = { bytes: 50_000_000, lines: 1_000_000 };

export interface SpooledFile {
  path: string;
  bytes: number;
  lines: number;
}

/**
 * Writes lines to temporary files that only this user can read, each with the head line and within the
 * limits. Passes them to `use`, returns its result, and always deletes them. Files are needed because an
 * upload must state its length before it begins.
 */
export async function spoolLines<T>(
  headLine: string,
  blocks: AsyncIterable<string[]>,
  use: (files: SpooledFile[]) => Promise<T>,
  limits = FILE_LIMITS,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'sms-export-'));
  try {
    return await use(await writeFiles(directory, BYTE_ORDER_MARK + headLine, blocks, limits));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeFiles(
  directory: string,
  head: string,
  blocks: AsyncIterable<string[]>,
  limits: typeof FILE_LIMITS,
): Promise<SpooledFile[]> {
  const files: SpooledFile[] = [];
  let handle: FileHandle | undefined;
  try {
    for await (const block of blocks) {
      const content = Buffer.from(block.join(''));
      let file = files.at(-1);
      const isFull =
        !file || file.bytes + content.length > limits.bytes || file.lines + block.length > limits.lines;
      if (!file || !handle || isFull) {
        await handle?.close();
        file = { path: join(directory, `${files.length + 1}.csv`), bytes: 0, lines: 0 };
        handle = await open(file.path, 'wx', 0o600);
        file.bytes += (await handle.write(head)).bytesWritten;
        files.push(file);
      }
      await handle.writeFile(content);
      file.bytes += content.length;
      file.lines += block.length;
    }
    return files;
  } finally {
    await handle?.close();
  }
}
