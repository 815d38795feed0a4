import type { SlackMessage } from '../api/wire';
import { formatSize } from '../controls/format-size';
import { useWords } from '../words/use-words';

/** The files of a message, as links that download them. */
export function FileList({ files }: { files: NonNullable<SlackMessage['files']> }) {
  const { files: words, locale } = useWords();
  return (
    <ul className="shared-files" aria-label={words.shared}>
      {files.map(({ id, name, title, filetype, size, permalink }) => (
        <li key={id}>
          <a href={permalink} download={name} aria-label={words.download(title)}>
            <span className="file-kind" aria-hidden="true">
              {filetype}
            </span>
            <span>
              <b>{title}</b>
              <small>{formatSize(size, locale)}</small>
            </span>
            <span aria-hidden="true">↓</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
