import { useRef, useState } from 'react';
import { useWords } from '../words/use-words';
import { checkFiles } from './check-files';
import { ariaOf, type FieldProps } from './field-props';
import { formatSize } from './format-size';
import { Samples } from './sample-buttons';

/** Files by drag and drop, by choosing, or out of the demo's samples. */
export function FileField(props: FieldProps) {
  const { files: words, locale } = useWords();
  const { element, entry, onEntry } = props;
  const [fault, setFault] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const chosen = (entry ?? []) as File[];
  const kinds = (element.filetypes ?? []) as string[];

  const add = (added: File[]) => {
    const all = [...chosen.filter(({ name }) => !added.some((one) => one.name === name)), ...added];
    const found = checkFiles(words, all, kinds, Number(element.max_files ?? 10));
    setFault(found);
    if (!found) onEntry(all);
    if (input.current) input.current.value = '';
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same.
    <div
      className={isOver ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
    >
      <input
        {...ariaOf(props)}
        ref={input}
        className="unseen"
        type="file"
        multiple={Number(element.max_files ?? 10) > 1}
        accept={kinds.map((kind) => `.${kind}`).join(',')}
        onChange={(event) => add([...(event.target.files ?? [])])}
      />
      <p>
        {words.drop}{' '}
        <button type="button" className="link" onClick={() => input.current?.click()}>
          {words.choose}
        </button>
        {kinds.length > 0 && <small>{words.kinds(kinds.join(', '))}</small>}
      </p>
      {fault && (
        <p role="alert" className="field-error">
          {fault}
        </p>
      )}
      <ul className="files">
        {chosen.map((file) => (
          <li key={file.name}>
            <span>{file.name}</span>
            <small>{formatSize(file.size, locale)}</small>
            <button
              type="button"
              aria-label={words.remove(file.name)}
              onClick={() => onEntry(chosen.filter((one) => one !== file))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <Samples kinds={kinds} onFile={(file) => add([file])} />
    </div>
  );
}
