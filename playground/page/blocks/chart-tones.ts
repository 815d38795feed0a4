/** What a slice or a line of a chart is about, as far as its label tells. */
export type Tone = 'good' | 'moving' | 'bad' | 'unsure' | 'waiting' | 'off';

const TONES: [RegExp, Tone][] = [
  [/unknown|uncertain|未知|不确定/i, 'unsure'],
  [/cancel|取消/i, 'off'],
  [/fail|reject|refused|失败|拒绝/i, 'bad'],
  [/deliver|success|送达|成功/i, 'good'],
  [/wait|queue|pending|等待|排队|待发/i, 'waiting'],
  [/send|submit|发送|提交/i, 'moving'],
];

/** Six colours that can be told apart, for labels that tell nothing. */
const PLAIN_COLOURS = 6;

/**
 * The colour of each label, as CSS. Slack and the library colour by position: a slice of zero, which Slack refuses and the app leaves
 * out, would give all others another colour. Here a colour means the same in every chart, where its label is a word
 * about a delivery; other labels take the plain colours in their order.
 */
export function coloursOf(labels: string[]): string[] {
  let plain = 0;
  return labels.map((label) => {
    const tone = TONES.find(([words]) => words.test(label))?.[1];
    return `var(--tone-${tone ?? `plain-${(plain++ % PLAIN_COLOURS) + 1}`})`;
  });
}
