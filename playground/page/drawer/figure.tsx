/** A number and what it counts, as an item of a description list. */
export function Figure({
  label,
  value,
  tone,
}: {
  label: string;
  value: string;
  tone?: 'good' | 'bad' | undefined;
}) {
  return (
    <div className={tone}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
