import { createLexicon } from './heading-words';

/** English, Chinese, Spanish, Portuguese, French, German, Italian, Russian, Arabic, Japanese, and a few of others. */
const WANTS_NONE = `
  opt_out opts_out opted_out opting_out unsub unsubs unsubscribe unsubscribed unsubscribes unsubscription nonsubscribed
  non_subscribed do_not_contact do_not_text do_not_sms do_not_call do_not_message do_not_send do_not_disturb
  dont_contact dont_text dont_sms dont_call dont_send dnc dnd blacklist blacklisted black_list blocklist blocklisted
  block_list blocked suppress suppressed suppression stop_list withdrawn revoked declined refused denied rejected
  disagree disagreed stopped
  拉黑 退订 退訂 取消订阅 取消訂閱 黑名单 黑名單 拒收 拒绝 拒絕 免打扰 免打擾 勿扰 勿擾 请勿联系 请勿发送 停发 屏蔽
  desuscrito desuscrita desuscripción cancelar_suscripción dado_de_baja dada_de_baja baja no_contactar no_molestar
  no_enviar no_llamar lista_negra lista_robinson rechazado descadastrado descadastro cancelou_inscrição não_contatar
  não_perturbe não_perturbar não_enviar recusou bloqueado bloqueada désabonné désabonnée désabonnement désinscrit
  désinscrite désinscription ne_pas_contacter ne_pas_envoyer ne_pas_déranger liste_noire liste_rouge opposition
  bloqué refus refusé abgemeldet abbestellt abmeldung widerrufen widerruf widerspruch widersprochen werbewiderspruch
  nicht_kontaktieren nicht_anschreiben sperrliste gesperrt werbesperre kontaktsperre ausgetragen disiscritto
  disiscritta disiscrizione non_contattare non_inviare non_disturbare lista_nera revocato revoca bloccato rifiutato
  отписан отписана отписался отписка отписаться отказ отказался не_беспокоить не_звонить не_писать не_отправлять
  чёрный_список стоп_лист إلغاء_الاشتراك الغى_الاشتراك غير_مشترك القائمة_السوداء عدم_الاتصال رفض محظور
  配信停止 配信拒否 配信不要 受信拒否 拒否 オプトアウト ブラックリスト 購読解除 退会 수신거부 거부 차단 블랙리스트 구독취소
  abonelikten_çıktı karaliste ret wypisany rezygnacja uitgeschreven afgemeld daftar_hitam jangan_hubungi`;
const WANTS_THEM = `
  consent consents consented contactable accord opt_in opts_in opted_in double_opt_in subscribed agree agrees agreed
  permission_granted
  同意 订阅 訂閱 consentimiento consiente suscrito suscrita suscripto consentimento consente inscrito inscrita
  consentement abonné abonnée inscrit inscrite einwilligung eingewilligt zustimmung zugestimmt einverstanden
  einverständnis abonniert consenso consentito iscritto iscritta согласие согласен согласна подписан подписана
  موافقة الموافقة موافق اشتراك مشترك オプトイン 承諾 購読 配信許可 受信許可 配信希望 受信希望 동의 수신동의 구독
  onay izin zgoda toestemming ingeschreven aangemeld setuju persetujuan`;
const NEGATION =
  'not never didnt doesnt hasnt isnt havent 未 尚未 不 没 没有 沒有 非 nicht pas nunca jamais mai не';

export const CONSENT_NAMES = createLexicon({
  out: WANTS_NONE,
  in: `${WANTS_THEM} subscription_status 是否接收 愿意接收`,
  /** Alone this may be about anything: `Accepted`, `Permissions`. */
  accept: `
    accept accepts accepted allow allows allowed receive receives want wants ok okay can may permission permissions
    subscription subscriptions enabled preference 接收 接受 愿意 允许 允許 授权 授權 acepta aceptan aceptar autoriza
    autorizado desea_recibir permite aceita recebe accepte autorise reçoit erlaubt akzeptiert erhält accetta
    autorizza riceve разрешает разрешение получать يقبل 許可 希望 수신 kabul zgadza`,
  message: `
    sms text texts texting message messages messaging marketing promotions promotional promo ads advertising
    campaign campaigns whatsapp mms phone mobile cell contact 短信 短訊 簡訊 消息 营销 營銷 推广 推送 广告 廣告 手机 手機
    mensaje mensajes publicidad mensagem mensagens publicidade messages publicité nachricht nachrichten werbung
    messaggi pubblicità смс рассылка рассылку рассылки сообщения رسائل الرسائل ショートメッセージ 문자 광고`,
  not: `${NEGATION} no non nein kein keine keinen sin sem sans senza без بدون geen bez tanpa`,
  stop: 'stop stops 停止 стоп',
  otherMatter: `
    email emails e_mail mail post postal letter push photo photos image video medical treatment cookie cookies terms
    privacy travel survey parental card payment order 邮件 邮箱 郵件 電郵 照片 隐私 correo courriel メール почта email_marketing`,
  /** Says that the column is about something else of it, or has numbers. */
  aspect: `
    link url token key hash page instructions keyword id name number numbers no_of plan price fee cost count total
    链接 連結 号 號 号码 號碼 番号 接收人 接收号码 手机号 手機號 电话 電話 姓名 订阅号 enlace nombre lien numéro nummer nome
    numero ссылка имя номер رقم رابط リンク 번호`,
});

export const CONSENT_ANSWERS = createLexicon({
  out: `${WANTS_NONE} stop inactive cancelled canceled removed disabled unconfirmed pending`,
  in: `${WANTS_THEM} active enabled 正常 接收 接受`,
  not: NEGATION,
  no: `no n nope f false 0 00 off unchecked non nein nao não nee nie nej ei нет لا いいえ 否 无 無 假 なし 不要 아니요
    아니오 hayır tidak không faux falso falsa falsch ложь`,
  yes: `yes y yep t true 1 x on ok checked sí si sim oui ja да نعم はい 是 有 真 예 네 evet tak ya vrai verdadero
    verdadeiro vero wahr истина`,
  nothing: 'na null none nil nan undefined unknown 0000 未知 不详 不明',
  plain: 'been has have is was did does do yet 已 已经 已經 了 the to sms',
});
