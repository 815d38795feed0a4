/**
 * Group commit: items that come while a write runs are written together by the next one, up to `maxSize` in sum. Each
 * caller waits for the write that holds its item and gets its error. A lone item is written at once, whatever its
 * size; under load, a hundred share one commit.
 */
export function groupCommit<Item>(
  write: (items: Item[]) => Promise<void>,
  sizeOf: (item: Item) => number,
  maxSize: number,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const group = takeGroup();
      const written = write(group.map(({ item }) => item));
      await written.then(
        () => {
          for (const { resolve } of group) resolve();
        },
        (error: unknown) => {
          for (const { reject } of group) reject(error);
        },
      );
    }
    isWriting = false;
  }

  function takeGroup(): Waiting<Item>[] {
    let size = 0;
    const firstTooMany = waiting.findIndex(({ item }, index) => {
      size += sizeOf(item);
      return index > 0 && size > maxSize;
    });
    const group = firstTooMany === -1 ? waiting : waiting.slice(0, firstTooMany);
    waiting = waiting.slice(group.length);
    return group;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWriting) void writeAll();
    });
}

interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}
