import type { Words } from '../words/en-page';

/** Slack's limit for each file of a file input. */
const MAX_BYTES = 10 * 1024 * 1024;

/** What Slack's client would say to these files; null when it would take them. */
export function checkFiles(
  words: Words['files'],
  files: File[],
  kinds: string[],
  max: number,
): string | null {
  if (files.length > max) return words.tooMany(max);
  const wrong = files.find(({ name }) => kinds.length > 0 && !kinds.includes(extensionOf(name)));
  if (wrong) return words.wrongKind(wrong.name);
  const large = files.find(({ size }) => size > MAX_BYTES);
  return large ? words.tooLarge(large.name) : null;
}

export function extensionOf(name: string): string {
  return name.split('.').at(-1)?.toLowerCase() ?? '';
}
