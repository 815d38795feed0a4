import { useWords } from '../words/use-words';
import { textOf } from './element';
import { ariaOf, type FieldProps } from './field-props';

const KINDS: Record<string, string> = { email_text_input: 'email', url_text_input: 'url' };

/** A line or an area of text, with a counter where its length is limited. */
export function TextField(props: FieldProps) {
  const { element, entry, onEntry } = props;
  const text = String(entry ?? '');
  const max = element.max_length as number | undefined;
  const common = {
    ...ariaOf(props),
    className: 'text-field',
    value: text,
    maxLength: max,
    placeholder: textOf(element.placeholder),
    'data-focus': element.focus_on_load === true || undefined,
    onChange: (event: { target: { value: string } }) => onEntry(event.target.value || null),
  };
  return (
    <>
      {element.multiline ? (
        <textarea rows={4} {...common} />
      ) : (
        <input
          type={KINDS[element.type] ?? 'text'}
          inputMode={element.type === 'number_input' ? 'decimal' : undefined}
          autoComplete="off"
          {...common}
        />
      )}
      {max !== undefined && <Counter used={text.length} max={max} />}
    </>
  );
}

function Counter({ used, max }: { used: number; max: number }) {
  const { modal, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  return (
    <span className={used >= max ? 'counter full' : 'counter'}>
      {modal.counter(number.format(used), number.format(max))}
    </span>
  );
}
