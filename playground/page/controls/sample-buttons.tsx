import { useEffect, useState } from 'react';
import { listSamples, readSample } from '../api/samples';
import type { Sample } from '../api/wire';
import { showNotice } from '../store/change-state';
import { useWords } from '../words/use-words';
import { extensionOf } from './check-files';

/** Adds one of the demo's sample lists with a click. Slack has no such row, but a newcomer has no list at hand. */
export function Samples({ kinds, onFile }: { kinds: string[]; onFile: (file: File) => void }) {
  const { files } = useWords();
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    void listSamples().then(setSamples);
  }, []);
  const fitting = samples.filter(({ name }) => kinds.length === 0 || kinds.includes(extensionOf(name)));
  if (fitting.length === 0) return null;
  const put = async (name: string) => {
    const file = await readSample(name);
    if (file) onFile(file);
    else showNotice(files.sampleFailed);
  };
  return (
    <p className="samples">
      <span>{files.samples}</span>
      {fitting.map(({ name }) => (
        <button key={name} type="button" title={files.sampleHints[name]} onClick={() => void put(name)}>
          {name}
        </button>
      ))}
    </p>
  );
}
