import { VOCABULARIES } from '../providers/vocabularies';
import type { Words } from './en';
import { createFormats } from './formats';
import { zhCnAdmin } from './zh-cn-admin';
import { zhCnDrafting } from './zh-cn-drafting';
import { zhCnHistory } from './zh-cn-history';
import { zhCnReasons } from './zh-cn-reasons';
import { zhCnSending } from './zh-cn-sending';

/** Everything a person reads, in Simplified Chinese. A missing key does not compile. */
const format = createFormats('zh-CN');
const { number } = format;

const messages = (count: number) => `${number(count)} 条短信`;

export const zhCn = {
  format,
  reasons: zhCnReasons,
  providers: VOCABULARIES['zh-CN'],

  implausibleCosts: (count) => `未计入 ${number(count)} 笔明显有误的费用，请向服务商核实`,

  batchStatus: {
    draft: '草稿',
    importing: '正在读取名单',
    ready: '等待确认',
    scheduled: '已定时',
    pending: '即将开始',
    submitting: '发送中',
    submitted: '等待送达回执',
    completed: '已完成',
    paused: '已暂停',
    cancelled: '已取消',
    failed: '失败',
  },

  recipientStatus: {
    pending: '待发送',
    sending: '发送中',
    delivered: '已送达',
    failed: '失败',
    unknown: '未知',
    cancelled: '已取消',
  },

  counts: {
    total: '总数',
    delivered: '已送达',
    sending: '发送中',
    failed: '失败',
    unknown: '未知',
    waiting: '待发送',
    cancelled: '已取消',
  },

  ...zhCnDrafting,
  ...zhCnAdmin,
  ...zhCnHistory,
  ...zhCnSending,

  replies: {
    noBatches: (command) => `还没有发送过短信。输入 \`${command} send\` 发送第一批。`,
    batchNotFound: (id, command) => `此工作区没有批次 ${id}。输入 \`${command} list\` 查看最近的批次。`,
    list: '最近的批次',
    balance: (spendable) => `可用余额： *${spendable}*`,
    balanceParts: (parts) => parts.join(' · '),
    balanceUnreadable: (written) =>
      `服务商给出的余额无法确切读取：${written}。请到服务商处查看，并告知管理员。`,
    outdated: '此按钮来自这批短信之前的状态，未执行任何操作。这批短信的状态消息现已显示最新状态。',
    cancelled: (person, cancelled, gone) =>
      `${person} 取消了这批短信：拦下 ${messages(cancelled)}，另有 ${number(gone)} 条已经发出或正在发出。`,
    cancelTooLate: (gone) => `没有可取消的短信：${messages(gone)}均已发出或正在发出。`,
    paused: (person) => `${person} 暂停了这批短信。已提交的继续进行，不再提交新的短信。`,
    notRunning: '没有可暂停的发送：这批短信目前没有在发送。',
    resumed: (person) => `${person} 恢复了这批短信的发送。`,
    notPaused: '这批短信没有暂停。',
    retried: (person, count) => `${person} 重新发送了 ${messages(count)}此前失败的短信。`,
    askingOnceMore: '正在就这些收件人再向服务商查询一次，最多需要半分钟。',
    provedFirst: (count) =>
      `在此之前，服务商又有了 ${number(count)} 位收件人的消息：他们已收到短信或短信正在途中，没有重新发送。`,
    provedAll: (count) =>
      `没有重新发送：服务商现在有了 ${number(count)} 位收件人的消息，他们已收到短信或短信正在途中。`,
    heldBack: {
      on_the_way: (count) => `暂不发送 ${number(count)} 位：服务商表示短信其实仍在途中。`,
      perhaps_sent: (count) => `暂不发送 ${number(count)} 位：服务商有可能属于他们的记录，但无法区分。`,
      too_early: (count) => `暂不发送 ${number(count)} 位：短信刚发出不久，服务商可能尚未显示。`,
      no_answer: (count) => `暂不发送 ${number(count)} 位：服务商没有说明短信的结果。`,
    },
    heldBackNext: '请稍后再试。“仍然发送”会照样发送，部分人可能因此收到两次。您的这一决定会被记录。',
    sendAnyway: '仍然发送（可能重复）',
    nobodyFailed: '没有需要重发的号码：没有失败的短信，或已在重发。',
    left: (person) => `${person} 将无法确定的收件人保持为未知。`,
    resent: (person, count) => `${person} 重新发送了 ${messages(count)}结果不明的短信。`,
    nobodyUncertain: '没有需要决定的了：已没有结果不明的收件人，或已有人作出决定。',
    duplicateRemoved: (url) => `那是同一报告的旧副本，已被移除。最新的报告<${url}|在这里>。`,
    duplicateLeft: (url) => `那是同一报告的旧副本，Slack 不允许移除它。最新的报告<${url}|在这里>。`,
    refreshedTooOften: (wait) => `刚刚查询过，请在 ${wait}后再试。`,
    help: {
      title: '群发短信',
      unknown: (word) => `我不明白“${word}”。我可以做这些：`,
      lines: (command) =>
        [
          `\`${command}\` 或 \`${command} send\`：编写短信并发送给一份号码名单`,
          `\`${command} status\`：查看您最近一批的状态；\`${command} status 12\`：查看批次 12`,
          `\`${command} list\`：最近的批次`,
          `\`${command} find +86 138 0013 8000\`：发给某个号码的所有短信`,
          `\`${command} report\`：最近七天的汇总；也可写 \`today\`、\`30d\`、\`2026-11-01..2026-11-20\``,
          `\`${command} balance\`：账户余额`,
          `\`${command} help\`：显示本说明`,
        ].join('\n'),
      adminLine: (command) => `\`${command} admin\` – 管理员：查看使用情况，删除草稿，停止导出，禁止他人使用`,
      promise:
        '在您确认并点击发送之前，不会发送任何短信。同一号码不会重复发送；无法证实的结果显示为未知并继续核实。',
    },
  },

  home: {
    title: '群发短信',
    about:
      '无需离开 Slack，即可向一份号码名单发送短信，并了解谁收到了。编写内容、添加名单、确认无误，然后发送。',
    send: '发送短信',
    balance: (spendable) => `*账户余额：* ${spendable}`,
    recent: '最近的批次',
    empty: (command) =>
      `还没有发送过短信。三步完成第一批：\n1. 把我邀请到要发布报告的频道。\n2. 点击上方的“发送短信”，或在该频道输入 \`${command}\`。\n3. 编写短信，添加 CSV 或粘贴号码，然后核对。在您点击发送之前，不会发送任何短信。`,
  },

  errors: {
    title: '出错了',
    close: '关闭',
    unexpected: (reference, command) =>
      `系统出错了，这不是您的问题。操作可能只完成了一部分，输入 \`${command} status\` 可查看批次的情况。请一分钟后重试；如果再次出错，请把此编号告诉管理员：${reference}`,
    notIdentified:
      'Slack 没有告诉我您是谁，因此我没有做任何操作，请一分钟后重试。在此期间，“暂停”、“取消”和“放弃”仍然可用。',
    slackAway: (command) =>
      `Slack 没有应答，操作可能只完成了一部分，输入 \`${command} status\` 可查看批次的情况。请一分钟后重试。`,
    foreign: '此机器人属于另一个工作区，您无法在这里使用。请联系该工作区的成员。',
    onlyWriter: (person) => `只有 ${person} 可以这样做：这是对方尚未发送的草稿。`,
    onlySender: (person) => `只有发送人或工作区管理员可以这样做：此批次由 ${person} 发送。`,
    mayNot: {
      send: '访客不能发送短信，请联系正式成员代为发送。',
      details: '访客不能查看收件人，请联系正式成员。',
      balance: '访客不能查看账户余额，请联系正式成员。',
      export: '访客不能导出收件人，请联系正式成员。',
      find: '访客不能查找收件人，请联系正式成员。',
      usageReport: '访客不能查看汇总，请联系正式成员。',
      compare: '访客不能核对记录，请联系正式成员。',
      administer: '只有工作区管理员可以这样做，请联系管理员。',
      draft: '只有撰写人可以这样做。',
      control: '只有发送人或工作区管理员可以这样做。',
      view: '您无权查看，请联系工作区的正式成员。',
      refresh: '您无权刷新，请联系工作区的正式成员。',
    },
    blocked: '管理员已禁止您使用此机器人，请联系管理员。',
    notInChannel:
      '只有该批次所在频道的正式成员、发送人和管理员可以查看。请加入该频道，五分钟后再试。如果您已在频道中，则是 Slack 暂时未能确认，请一分钟后再试。',
    unreadable: '无法读取此按钮或窗口所带的内容，因此没有做任何操作。请关闭后重新开始。',
    refreshFailed: (why) => `现在无法向服务商查询：${why}报告仍显示已知的结果。`,
    tooLateToOpen: 'Slack 响应太慢，窗口未能打开，请重试。',
    tooSlow: '查询耗时太长，已停止。请缩小范围：输入完整号码或更多位数字，或减少天数。没有任何改动。',
    tooManySearches: (most) => `您有 ${most} 个查询尚未完成。请等结果出来后再查。`,
    busy: (command) =>
      `目前查询过多，暂时无法处理，操作可能只完成了一部分：可用 \`${command} status\` 查看批次情况。请过一分钟再试。`,
  },
} satisfies Words;
