import type { Words } from './en-page';

/** 开关的名称和说明。 */
export const zhCnFaults: Words['drawer']['faults']['switches'] = {
  buka: {
    slow: { title: '缓慢', description: 'Buka 的每个应答都晚两秒。' },
    hangBefore: { title: '无应答，未受理', description: 'Buka 始终不应答，也没有受理任何短信。' },
    hangAfter: { title: '受理后无应答', description: 'Buka 受理了短信，却始终不应答。' },
    dropBefore: { title: '断线，未受理', description: 'Buka 还没有受理，连接就断了。' },
    dropAfter: { title: '受理后断线', description: 'Buka 受理了短信，随后连接断开。' },
    errorBefore: { title: '500，未受理', description: 'HTTP 500，没有受理任何短信。' },
    errorAfter: { title: '受理后 500', description: 'HTTP 500，而短信其实已受理。' },
    tooMany: { title: '429', description: 'HTTP 429，带 Retry-After；没有受理任何短信。' },
    htmlBefore: { title: 'HTML，未受理', description: '网关返回 HTML 页面而不是 JSON；没有受理任何短信。' },
    htmlAfter: { title: '受理后 HTML', description: '返回 HTML 页面而不是 JSON，而短信其实已受理。' },
    truncated: { title: '应答残缺', description: '短信已受理，应答的 JSON 中途断掉。' },
    empty: { title: '应答为空', description: '短信已受理，应答没有内容。' },
    badCredentials: { title: '凭证被拒', description: 'API key 或 secret 不再有效（-1）。' },
    ipNotAllowed: { title: 'IP 不在白名单', description: '本机不在 IP 白名单中（-2）。' },
    outOfBalance: { title: '余额不足', description: '账户里没有钱了（-10）。' },
    accountLocked: { title: '账户锁定', description: '账户已被锁定（-13）。' },
    noChannel: { title: '没有通道', description: '账户没有绑定通道或价格（-19）。' },
    platformFault: { title: '平台故障', description: '批量提交失败，稍后可能恢复（-12）。' },
    askedTooOften: { title: '请求过于频繁', description: 'Buka 希望少一些请求（-15）。' },
    timestampExpired: { title: '时间戳过期', description: 'Buka 认为请求的时间戳太旧（-16）。' },
    sensitiveWord: { title: '敏感词', description: 'Buka 不接受短信中的某个词（-3）。' },
    noTemplate: { title: '没有模板', description: '短信不符合任何已审核的模板（-6）。' },
    interfaceFault: { title: '接口故障', description: '短信已受理，应答却说接口故障（-18）。' },
    halfRefused: { title: '一半被拒', description: '只受理前一半号码，应答中没有其余号码。' },
    halfMissing: { title: '应答缺一半', description: '全部受理并计数，应答却只列出前一半。' },
    foreignNumbers: { title: '陌生号码', description: '应答中还有没人发送过的号码。' },
    reordered: { title: '顺序打乱', description: '应答中的号码换了顺序。' },
    swappedOrderIds: { title: '订单号错位', description: '应答给每个号码配上了旁边号码的订单号。' },
    reportsLost: { title: '报告丢失', description: '一半的送达报告永远不来。' },
    reportsTwice: { title: '报告重复', description: '每份送达报告都来两次。' },
    reportsShuffled: { title: '报告乱序', description: '送达报告最新的先来。' },
    reportsDelayed: { title: '报告迟到', description: '送达报告晚十秒到。' },
    reportsEarly: { title: '报告先到', description: '送达报告在发送的应答之前到。' },
  },
  slack: {
    postRateLimited: { title: '发消息 429', description: 'chat.postMessage 返回 429，带 Retry-After。' },
    updateRateLimited: { title: '改消息 429', description: 'chat.update 返回 429，带 Retry-After。' },
    messageDeleted: {
      title: '消息被删除',
      description: '机器人修改消息之前，有人删除了它（message_not_found）。',
    },
    channelArchived: {
      title: '频道已归档',
      description: '频道已归档：发消息返回 is_archived，改消息返回 is_inactive。',
    },
    fileNotReady: {
      title: '文件未就绪',
      description: '上传的文件还不能下载（404），如同 Slack 仍在处理。',
    },
    fileStub: {
      title: '文件没有地址',
      description: '表单提交的文件没有地址（check_file_info），须询问 files.info。',
    },
    uploadSilent: {
      title: '上传没有应答',
      description: '文件上传一直没有应答，只能由上传方结束。',
    },
    chartsUnsupported: {
      title: '不支持图表',
      description: '图表（data_visualization）被拒绝：invalid_blocks。',
    },
    lostResponse: {
      title: '发消息的应答丢失',
      description: 'chat.postMessage 已生效，但在应答前连接断开。',
    },
    postUnclear: {
      title: '发布的应答不明',
      description: '消息或文件已发布，应答却是 internal_error。',
    },
    threadRefused: {
      title: '消息列已锁定',
      description: '消息列中的回复被拒绝（thread_locked），频道仍可发消息。',
    },
    editRefused: {
      title: '不可修改消息',
      description:
        '消息保持原样：chat.update 返回 cant_update_message，chat.delete 返回 cant_delete_message。',
    },
    personLimited: { title: '查询人员 429', description: 'users.info 返回 429：机器人无法得知某人是谁。' },
    channelsLimited: {
      title: '查询频道 429',
      description: 'users.conversations 返回 429：机器人无法得知某人在哪些频道。',
    },
    personSilent: { title: '查询人员无应答', description: 'users.info 半分钟没有应答。' },
    tokenRefused: { title: '令牌已撤销', description: '每次用机器人令牌调用都返回 token_revoked。' },
    socketRefused: {
      title: '不能新建连接',
      description: 'Socket Mode：apps.connections.open 返回 invalid_auth，已有的连接不受影响。',
    },
    orgToken: { title: '组织级令牌', description: '机器人令牌属于整个组织，auth.test 在启动时会说明。' },
    lostAck: { title: '确认丢失', description: '机器人及时确认了，人却看到超时并再次操作。' },
    serverError: { title: '500', description: 'Web API 的每次调用都返回 500 和 HTML 页面。' },
    slow: { title: '缓慢', description: 'Slack 的每个应答都晚一秒。' },
  },
};
