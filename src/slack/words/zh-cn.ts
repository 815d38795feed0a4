import type { Words } from './en';
import { createFormats } from './formats';
import { zhCnReasons } from './zh-cn-reasons';

/** Everything a person reads, in Simplified Chinese. A missing key does not compile. */
const format = createFormats('zh-CN');
const { number } = format;

const messages = (count: number) => `${number(count)} 条短信`;
const rows = (count: number) => `${number(count)} 行`;

export const zhCn = {
  format,
  reasons: zhCnReasons,

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

  compose: {
    title: '群发短信',
    submit: '下一步',
    close: '关闭',
    message: '短信内容',
    messagePlaceholder: '收件人将看到的内容',
    messageHint: (limit) => `最多 ${number(limit)} 个字符。在您确认之前，不会发送任何短信。`,
    file: '号码文件',
    fileHint: 'CSV 或文本文件，最多 10 个，每个不超过 10 MB。系统会自动识别手机号所在的列。',
    paste: '或粘贴号码',
    pastePlaceholder: '13800138000\n+1 202 555 0123',
    pasteHint: '每行一个，或用逗号分隔。可以同时上传文件和粘贴号码。',
    country: '默认国家或地区',
    countryPlaceholder: '请选择',
    countryHint: '用于没有国家代码的号码。',
    senderId: '发送方 ID',
    senderIdHint: (limit) => `收件人看到的发送方，最多 ${limit} 个字符。留空则使用账户默认值。`,
    channel: '频道',
    channelHint: '本批短信的实时报告将发布在这里。',
    errors: {
      messageEmpty: '请先填写短信内容。',
      messageTooLong: (length, limit) =>
        `短信共 ${number(length)} 个字符，最多只能发送 ${number(limit)} 个，请删减 ${number(length - limit)} 个。`,
      noRecipients: '请在这里添加文件，或在下方粘贴号码。',
      tooManyFiles: (limit) => `一次最多读取 ${limit} 个文件。`,
      fileTooLarge: (name) => `${name} 超过 10 MB，请拆分后再添加。`,
      fileKind: (name) => `${name} 不是 CSV 或文本文件，请将表格另存为 CSV 后再添加。`,
      country: '无法识别该国家或地区，请从列表中选择。',
      senderIdTooLong: (limit) => `发送方 ID 最多 ${limit} 个字符。`,
      channel: '请选择用于发布报告的频道。',
    },
  },

  reading: {
    title: '正在读取名单',
    text: '正在读取您的名单…',
    rows: (count) => `已读取 ${rows(count)}`,
    hint: '您可以关闭此窗口，确认信息会以私信形式发给您。',
  },

  columns: {
    title: '请选择号码列',
    submit: '继续',
    text: '无法判断哪一列是手机号，请您选择。',
    label: (source) => `${source}中的手机号`,
    pasted: '粘贴的号码',
    unnamed: (position) => `第 ${position} 列`,
    option: (name, samples) => (samples ? `${name}：${samples}` : name),
    missing: '请选择一列。',
    open: '选择号码列',
  },

  review: {
    title: '确认发送',
    submit: (count) => `发送 ${messages(count)}`,
    close: '放弃',
    heading: (count) => `将发送 ${messages(count)}`,
    headingNothing: '没有可发送的短信',
    nothingNext: '名单中没有可用的手机号。请修正名单后重新开始，目前没有发送任何短信。',
    leftOut: (count) => `*未采用：*${rows(count)}`,
    noneLeftOut: '*未采用：*无',
    line: (line) => `第 ${line} 行`,
    sourceLine: (source, line) => `${source} 第 ${line} 行`,
    more: (count) => `另有 ${number(count)} 行`,
    countries: '*国家和地区*',
    noCountry: '不属于单一国家',
    otherCountries: (count) => `其他 ${number(count)} 个国家和地区`,
    encoding: '*编码*',
    segmentsEach: (encoding, count) => `${encoding}，每条短信计 ${number(count)} 段`,
    ucs2Because: (characters, more) =>
      `因含有 ${characters}${more > 0 ? ` 等另外 ${number(more)} 个字符` : ''}，须使用 Unicode（UCS-2）编码。去掉这些字符即可使用 GSM-7，每段可容纳更多字符。`,
    totalSegments: '*总段数*',
    balance: '*账户余额*',
    balanceUnknown: (why) => `暂时无法查询：${why}`,
    senderId: '*发送方 ID*',
    message: '*收件人将看到的内容*',
    report: (channel) => `报告将发布在 ${channel}。`,
    access: {
      not_member: (channel, bot) =>
        `我还不能在 ${channel} 发言。请在该频道输入 \`/invite ${bot}\`，然后点击*重新检查*。目前没有发送任何短信。`,
      not_found: (channel, bot) =>
        `我看不到 ${channel}：它是私密频道，而我不在其中。请在该频道输入 \`/invite ${bot}\`，然后点击*重新检查*。目前没有发送任何短信。`,
      archived: (channel) => `${channel} 已归档，无法发布报告。请换一个频道重新开始，目前没有发送任何短信。`,
    },
    checkAgain: '重新检查',
    send: '发送',
    discard: '放弃',
    confirm: {
      title: '现在发送？',
      text: (count) => `将发送 ${messages(count)}并产生费用。短信发出后无法撤回。`,
      ok: '发送',
      cancel: '再等等',
    },
    direct: '您的名单已读取完毕。在您点击按钮之前，不会发送任何短信。',
    started: (count, channel) => `已开始发送 ${messages(count)}，实时报告在 ${channel}。`,
    alreadyStarted: '这批短信已经开始发送。',
    discarded: '已放弃，没有发送任何短信。',
    outdated: '名单已重新读取，下面是最新的确认信息。',
    gone: '这份草稿已不存在，请重新开始。没有发送任何短信。',
    failedTitle: '名单无法使用',
  },

  message: {
    heading: {
      pending: (total) => `即将发送 ${messages(total)}`,
      submitting: (total) => `正在发送 ${messages(total)}`,
      submitted: (total) => `${messages(total)}已提交，等待送达回执`,
      completed: (total, delivered) => `已完成：${messages(total)}中有 ${number(delivered)} 条送达`,
      paused: (waiting, total) => `已暂停：${messages(total)}中有 ${number(waiting)} 条尚未发送`,
      cancelled: (total) => `已取消：本批共 ${messages(total)}`,
      failed: (total) => `失败：本批共 ${messages(total)}`,
    },
    by: (sender, id) => `发送人 ${sender} · 批次 ${id}`,
    senderId: (id) => `发送方 ID ${id}`,
    bar: (percent) => `已送达 ${percent}`,
    chart: '送达情况',
    explain: {
      pending: '第一批短信即将发出。',
      submitting: '正在将短信提交给服务商。尚未提交的短信仍可取消。',
      submitted: '全部短信已提交，正在接收送达回执。',
      completed: '每一条短信都有了结果。',
      completedUnknown: (count) =>
        `有 ${messages(count)}无法证实是否送达，对方可能已经收到。重新发送可能造成重复。`,
      cancelled: (cancelled) => `已拦下 ${messages(cancelled)}，不会再发送。已经发出的短信无法撤回。`,
      unknown: (count) => `有 ${messages(count)}未得到服务商的明确答复。为避免重复，不会重新发送，正在核实。`,
    },
    lastChecked: (when) => `最近查询：${when}`,
    neverChecked: '尚未查询',
    asked: (when, asked) =>
      asked > 0 ? `${when} 向服务商查询了 ${messages(asked)}` : `全部结果已确定，查询于 ${when}`,
    notFound: (count) => `其中 ${number(count)} 条暂无记录`,
    moved: '由于我无法在您选择的频道发言，报告改为显示在这里。发送不受影响。',
    refresh: '刷新状态',
    details: '详情',
    cancel: '取消',
    cancelConfirm: {
      title: '取消这批短信？',
      text: (waiting) => `最多 ${messages(waiting)}尚未发出，将不再发送。已经发出的短信无法撤回。`,
      ok: '取消发送',
      cancel: '继续发送',
    },
    open: '查看报告',
  },

  completion: {
    text: (sender, delivered, total, percent) =>
      `${sender} 您的短信已全部完成：${messages(total)}中有 ${number(delivered)} 条送达（${percent}）。`,
    took: (duration) => `用时 ${duration}。`,
    reasons: '*主要失败原因*',
  },

  details: {
    title: '详情',
    close: '关闭',
    reasons: '*失败原因*',
    noReasons: '没有发送失败的短信。',
    recipients: (page, pages) => `*收件人* · 第 ${number(page)} 页，共 ${number(pages)} 页`,
    noRecipients: '没有可显示的收件人。',
    line: (line) => `第 ${line} 行`,
    previous: '上一页',
    next: '下一页',
  },

  answers: {
    noBatches: (command) => `还没有发送过短信。输入 \`${command} send\` 发送第一批。`,
    batchNotFound: (id, command) => `此工作区没有批次 ${id}。输入 \`${command} list\` 查看最近的批次。`,
    list: '最近的批次',
    balance: (spendable) => `可用余额 *${spendable}*。`,
    balanceParts: (balance, gift, credit) => `余额 ${balance} · 赠送 ${gift} · 信用额度 ${credit}`,
    cancelled: (person, cancelled, gone) =>
      `${person} 取消了这批短信：拦下 ${messages(cancelled)}，另有 ${number(gone)} 条已经发出。`,
    cancelTooLate: (gone) => `没有可取消的短信：${messages(gone)}均已发出。`,
    refreshedTooOften: (wait) => `刚刚查询过，请在 ${wait}后再试。`,
    help: {
      title: '群发短信',
      unknown: (word) => `我不明白“${word}”。我可以做这些：`,
      lines: (command) =>
        [
          `\`${command}\` 或 \`${command} send\`：编写短信并发送给一份号码名单`,
          `\`${command} status\`：查看您最近一批的状态；\`${command} status 12\`：查看批次 12`,
          `\`${command} list\`：最近的批次`,
          `\`${command} balance\`：账户余额`,
          `\`${command} help\`：显示本说明`,
        ].join('\n'),
      promise:
        '在您确认并点击发送之前，不会发送任何短信。同一号码不会重复发送；无法证实的结果显示为未知并继续核实。',
    },
  },

  home: {
    title: '群发短信',
    about:
      '无需离开 Slack，即可向一份号码名单发送短信，并了解谁收到了。编写内容、添加名单、确认无误，然后发送。',
    send: '发送短信',
    balance: (spendable) => `*账户余额：*${spendable}`,
    recent: '最近的批次',
    empty: (command) =>
      `还没有发送过短信。三步完成第一批：\n1. 把我邀请到要发布报告的频道。\n2. 点击上方的*发送短信*，或在该频道输入 \`${command}\`。\n3. 编写短信，添加 CSV 或粘贴号码，然后核对。在您点击发送之前，不会发送任何短信。`,
  },

  errors: {
    title: '出错了',
    close: '关闭',
    unexpected: (reference) =>
      `系统出错了，这不是您的问题，也没有因此发送任何短信。请一分钟后重试；如果再次出错，请把此编号告诉管理员：${reference}`,
    foreign: '此机器人属于另一个工作区，您无法在这里使用。请联系该工作区的成员。',
    mayNot: {
      send: '访客不能发送短信，请联系正式成员代为发送。',
      details: '访客不能查看收件人，请联系正式成员。',
      balance: '访客不能查看账户余额，请联系正式成员。',
      cancel: '只有发送人或工作区管理员可以取消这批短信。',
      view: '您无权查看，请联系工作区的正式成员。',
      refresh: '您无权刷新，请联系工作区的正式成员。',
    },
    refreshFailed: (why) => `现在无法向服务商查询：${why}报告仍显示已知的结果。`,
    tooLateToOpen: 'Slack 响应太慢，窗口未能打开，请重试。',
  },
} satisfies Words;
