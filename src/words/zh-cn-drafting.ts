import type { enDrafting } from './en-drafting';
import { createFormats } from './formats';

const { number } = createFormats('zh-CN');

const messages = (count: number) => `${number(count)} 条短信`;
const rows = (count: number) => `${number(count)} 行`;

export const zhCnDrafting = {
  compose: {
    title: '群发短信',
    submit: '下一步',
    close: '关闭',
    text: '短信内容',
    textPlaceholder: '收件人将看到的内容',
    textHint: (limit) => `最多 ${number(limit)} 个字符。在您确认之前，不会发送任何短信。`,
    file: '号码文件',
    fileHint: '支持 Excel（.xlsx）、CSV 或文本文件，最多 10 个，每个不超过 10 MB。手机号所在的列会自动识别。',
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
      textEmpty: '请先填写短信内容。',
      textTooLong: (length, limit) =>
        `短信共 ${number(length)} 个字符，最多只能发送 ${number(limit)} 个，请删减 ${number(length - limit)} 个。`,
      noRecipients: '请在这里添加文件，或在下方粘贴号码。',
      tooManyFiles: (limit) => `一次最多读取 ${limit} 个文件。`,
      fileTooLarge: (name) => `${name} 超过 10 MB，请拆分后再添加。`,
      fileKind: (name) => `${name} 不是 Excel（.xlsx）、CSV 或文本文件，请另存为其中一种后再添加。`,
      country: '无法识别该国家或地区，请从列表中选择。',
      senderIdTooLong: (limit) => `发送方 ID 最多 ${limit} 个字符。`,
      channel: '请选择用于发布报告的频道。',
    },
  },

  openDraft: {
    title: '您有一份未完成的草稿',
    text: (begunAt) => `您在 ${begunAt} 开始的这份草稿尚未发送，也未放弃。您可以继续，或放弃它并新建一份。`,
    reading: '正在读取它的名单。',
    waits: '它在等您选择哪一列是手机号码。',
    ready: (count) =>
      count === 0 ? '它的名单里没有可用的号码。' : `已准备好：${messages(count)}待您确认发送。`,
    goOn: '继续这份草稿',
    replace: '放弃并新建',
    confirm: {
      title: '放弃这份草稿？',
      text: '短信内容和名单将被删除。其中没有任何短信发出。',
      ok: '放弃',
      cancel: '保留',
    },
    movedToWindow: '这份草稿已转到您刚打开的窗口中继续。',
    anotherOpen: (most) =>
      `您此时已有 ${number(most)} 份未完成的草稿，已达每人上限。请先发送或放弃另一份，再重新提交；您填写的内容会保留在这里。`,
    workspaceFull: (most) =>
      `您的工作区已有 ${number(most)} 份未完成的草稿，已达上限。请同事先发送或放弃一些，再重新提交；您填写的内容会保留在这里。`,
    expired: (hours, command) =>
      `这份草稿已过期：${number(hours)} 小时内无人发送或修改。没有发送任何短信，名单已删除。请用 \`${command} send\` 重新开始。`,
    deleted: (command) =>
      `管理员已删除此草稿，没有发送任何内容。请向管理员了解原因；可用 \`${command} send\` 重新开始。`,
    hasExpired: '这份草稿已过期，名单已删除。没有发送任何短信，请重新开始。',
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
    text: '有不止一列可能是手机号，请您选择正确的一列。',
    all: '每行中的所有号码',
    label: (source) => `${source}中的手机号`,
    pasted: '粘贴的号码',
    unnamed: (position) => `第 ${position} 列`,
    option: (name, samples) => (samples ? `${name}：${samples}` : name),
    inSheet: (sheet, column) => `${sheet} – ${column}`,
    missing: '请选择一列。',
    open: '选择号码列',
  },

  review: {
    title: '确认发送',
    submit: (count) => `发送 ${messages(count)}`,
    close: '放弃',
    heading: (count) => `将发送 ${messages(count)}`,
    headingNothing: '没有可发送的短信',
    nothingNext:
      '名单中没有可用的手机号。请点击“更改”换一种方式读取，或修正名单后重新开始。目前没有发送任何短信。',
    leftOut: (count) => `*未采用：* ${rows(count)}`,
    noneLeftOut: '*未采用：* 无',
    entries: (count, accepted, rejected) =>
      `名单中共有 ${number(count)} 个号码：发送 ${number(accepted)} 个，未采用 ${number(rejected)} 个`,
    line: (line) => `第 ${line} 行`,
    sourceLine: (source, line) => `${source} 第 ${line} 行`,
    examples: (places) => places.join('、'),
    withNote: (place, note) => `${place}（${note}）`,
    more: (count) => `另有 ${number(count)} 行`,
    countries: '*国家和地区*',
    noCountry: '不属于单一国家',
    otherCountries: (count) => `其他 ${number(count)} 个国家和地区`,
    encoding: '*编码*',
    segmentsEach: (encoding, count) => `${encoding}，每条短信计 ${number(count)} 段`,
    ucs2Because: (characters, more) =>
      `因含有 ${characters}${more > 0 ? ` 等另外 ${number(more)} 个字符` : ''}，须使用 Unicode（UCS-2）编码。去掉这些字符即可使用 GSM-7，每段可容纳更多字符。`,
    ucs2Script:
      '须使用 Unicode（UCS-2）编码：单段最多 70 个字符，多段时每段 67 个；一个表情符号算两个或更多。',
    totalSegments: '*总段数*',
    balance: '*账户余额*',
    balanceUnknown: (why) => `暂时无法查询：${why}`,
    cost: '*预计费用*',
    costNotKnown: '暂无法估算：价格会从以往批次的计费中得知',
    costAbout: (sum) => `约 ${sum}`,
    costBetween: (sum, least, most) => `约 ${sum}（${least} 至 ${most}）`,
    costWithout: (count) => `不含价格未知的${messages(count)}`,
    senderId: '*发送方 ID*',
    text: '*收件人将看到的内容*',
    unknownEmoji: (codes) => `${codes} 没有对应的字符，将按字母原样送达。`,
    destination: (channel) => `报告将发布在 ${channel}。`,
    access: {
      not_member: (channel, bot) =>
        `我还不能在 ${channel} 发言。请在该频道输入 \`/invite ${bot}\`，然后点击“重新检查”。目前没有发送任何短信。`,
      not_found: (channel, bot) =>
        `我看不到 ${channel}：它是私密频道，而我不在其中。请在该频道输入 \`/invite ${bot}\`，然后点击“重新检查”。目前没有发送任何短信。`,
      archived: (channel) => `${channel} 已归档，无法发布报告。请换一个频道重新开始，目前没有发送任何短信。`,
      shared: (channel) =>
        `${channel} 与其他组织共享，对方的成员会看到报告。请换一个内部频道重新开始，目前没有发送任何短信。`,
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
    channelLost: '没有发送任何短信：报告已无法发布到所选频道，原因请见最新的确认信息。',
    outdated: '名单已重新读取，下面是最新的确认信息。',
    gone: '这份草稿已不存在，请重新开始。没有发送任何短信。',
    failedTitle: '名单无法使用',
  },

  list: {
    pasted: '粘贴的号码',
    column: (source, column) => `*${source}* – 号码取自 *${column}* 列`,
    allColumns: (source) => `*${source}* – 取每行中的所有号码`,
    sheet: (name) => `工作表 *${name}*`,
    heading: (lines) => `视为表头：第 ${lines} 行`,
    country: (column) => `每个号码的国家或地区取自 *${column}* 列`,
    countryInHeading: (country) => `表头注明的国家或地区：${country}`,
    contradicted: (count) => `${number(count)} 个带 + 的号码与该列的国家或地区不符，仍按号码本身发送`,
    noConsent: (count, column, isIncluded) =>
      `${rows(count)}在 *${column}* 列表示不愿接收：${isIncluded ? '按您的选择仍会发送' : '未采用'}`,
    foreign: (count, countries, isIncluded) =>
      `${number(count)} 个没有 + 的号码像是其他国家或地区的（${countries}）：${isIncluded ? '按您的选择仍会发送' : '未采用。如果无误，请点击“更改”予以采用'}`,
    inCountry: (country, count) => `${country} ${number(count)}`,
    hidden: (count, isIncluded) =>
      `工作表中有 ${rows(count)}被隐藏：${isIncluded ? '按您的选择仍会发送' : '未采用'}`,
    formulas: (count) => `${rows(count)}的号码由公式算出`,
    unreadable: (count) => `${number(count)} 个单元格含有无法识别的字符`,
    change: '更改',
    changeTitle: '重新读取名单',
    changeSubmit: '重新读取',
    changeText: (source) => `*${source}* 应如何读取？`,
    numbers: '手机号',
    countries: '每个号码的国家或地区',
    noCountries: '不用列：使用默认国家或地区',
    include: '也发送给',
    includeNoConsent: '表示不愿接收的行',
    includeForeign: '没有 + 的其他国家或地区号码',
    includeHidden: '隐藏的行',
    notAllShown: '此处无法全部显示，请点击“更改”查看',
    outdated: '名单已重新读取。请查看最新的确认信息，如有需要再从那里更改。',
    notNow: '名单正在读取中，请等确认信息出现后再更改。',
  },
} satisfies typeof enDrafting;
