/** The meaning of a slice or a line of a chart, as read from its label. */
type Tone = 'good' | 'moving' | 'bad' | 'unsure' | 'waiting' | 'off';

const TONES: [RegExp, Tone][] = [
  [/unknown|uncertain|未知|不确定/i, 'unsure'],
  [/cancel|取消/i, 'off'],
  [/fail|reject|refused|失败|拒绝/i, 'bad'],
  [/deliver|success|送达|成功/i, 'good'],
  [/wait|queue|pending|等待|排队|待发/i, 'waiting'],
  [/send|submit|发送|提交/i, 'moving'],
];

/** Six colours that differ clearly, for labels without a known meaning. */
const PLAIN_COLOURS = 6;

/**
 * The colour of each label, as CSS. Slack and the library colour by position. Slack refuses a slice of zero, so the app leaves
 * it out, and all others would change their colour. Here a label about a delivery has the same colour in every chart;
 * other labels take the plain colours in their order.
 */
export function coloursOf(labels: string[]): string[] {
  let plain = 0;
  return labels.map((label) => {
    const tone = TONES.find(([words]) => words.test(label))?.[1];
    return `var(--tone-${tone ?? `plain-${(plain++ % PLAIN_COLOURS) + 1}`})`;
  });
}
