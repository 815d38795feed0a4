import { textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import { clearFaults, deliverNow, mobiles, setFault } from './setup/local-buka';

const scenario = createHarness();

scenario(
  'a second person watches and asks, but only sender or administrator may cancel',
  async ({ demo, open }) => {
    const [liwei, ben, anna] = await Promise.all([open('liwei'), open('ben'), open('anna')]);
    for (const person of [liwei, ben, anna]) await person.go('marketing');
    await setFault(demo, 'tooMany');
    const form = await liwei.openForm();
    await form.getByRole('textbox', { name: '短信内容' }).fill('三个人');
    await form.getByRole('textbox', { name: '或粘贴号码' }).fill(mobiles(8, 6).join('\n'));
    await form.getByRole('button', { name: '下一步' }).click();
    await liwei.dialog('确认发送').getByRole('button', { name: '发送 6 条短信' }).click();

    const seenByBen = ben.statusMessage('三个人');
    await seenByBen.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ben.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the batch' }).click();
    await ben
      .messages(/Only visible to you[\s\S]*Only the person who sent this batch, or an administrator/)
      .waitFor();
    expect(await anna.messages(/Only the person who sent this batch/).count()).toBe(0);

    await anna.statusMessage('三个人').getByRole('button', { name: 'Cancel', exact: true }).click();
    await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the batch' }).click();
    await textOnce(seenByBen, /Cancelled: batch of 6 messages/);
  },
);

scenario('the bot writes in Chinese to a person who reads Chinese', async ({ demo, open }) => {
  const liwei = await open('liwei');
  await clearFaults(demo);
  await liwei.go('launch-plans');
  const form = await liwei.openForm();
  await form.getByRole('textbox', { name: '短信内容' }).fill('您好，周末八折。');
  await form.getByRole('button', { name: '下一步' }).click();
  await textOnce(form, /请在这里添加文件，或在下方粘贴号码/);
  await form.getByRole('textbox', { name: '或粘贴号码' }).fill(`${mobiles(9, 5).join('\n')}\n你好`);
  await form.getByRole('button', { name: '下一步' }).click();

  const review = liwei.dialog('确认发送');
  expect(await textOnce(review, /将发送 5 条短信/)).toMatch(/UCS-2[\s\S]*未采用：\s*1 行/);
  await review.getByRole('button', { name: '发送 5 条短信' }).click();
  const statusMessage = liwei.statusMessage('您好，周末八折。');
  await textOnce(statusMessage, /submitted|已提交/);
  await deliverNow(demo);
  await textOnce(statusMessage, /Completed|已完成/);
});

scenario(
  'the language switch changes the page, and the language in which the bot writes to that person',
  async ({ open }) => {
    const ben = await open('ben', { drawer: true });
    await ben.page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
    const backstage = ben.page.getByRole('complementary', { name: '幕后' });
    await backstage.getByRole('tab', { name: '天气' }).click();
    for (const group of ['Buka：连接', 'Slack']) {
      await backstage.getByRole('region', { name: group }).waitFor();
    }
    const titles = await backstage
      .getByRole('switch')
      .evaluateAll((switches) => switches.map((one) => (one as unknown as { ariaLabel: string }).ariaLabel));
    expect(titles.length).toBeGreaterThan(40);
    expect(titles.filter((title) => !/\p{Script=Han}|^(429|500)$/u.test(title))).toEqual([]);
    await ben.go('marketing');
    await ben.openForm();
    await ben.dialog('群发短信').getByRole('textbox', { name: '短信内容' }).waitFor();
    await ben.page.keyboard.press('Escape');
    await ben.dialog('群发短信').waitFor({ state: 'detached' });
    await ben.page.getByRole('combobox', { name: '语言' }).selectOption('English');
    await ben.page.getByRole('combobox', { name: 'Language' }).waitFor();
    await ben.openForm();
    await ben.dialog('Send bulk SMS').waitFor();
  },
);
