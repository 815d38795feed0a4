import { createLexicon } from './heading-words';

/**
 * Words in the names of columns: English, Chinese, Spanish, Portuguese, French, German, Italian, Russian, Arabic and
 * Japanese, and the usual ones of Korean, Turkish, Polish, Dutch, Indonesian, Vietnamese, Hindi and Thai.
 */
export const PHONE_WORDS = createLexicon({
  mobile: `
    mobile mobiles mobile_phone mobile_no mobile_nr mob cell cells cell_phone cell_no cellular gsm handphone
    手机 手機 移动电话 移動電話 行動電話 行动电话 手提電話
    celular celulares móvil móviles telemóvel telemóveis móvel portable portables cellulare cellulari telefonino
    handy mobil mobiltelefon mobilfunk natel мобильный мобильного мобильные моб сотовый сотового
    جوال الجوال جوالك موبايل الموبايل محمول المحمول نقال النقال خلوي الخلوي
    携帯 携帯電話 ケータイ スマホ 휴대폰 휴대전화 핸드폰
    cep_telefonu cep_telefon cep_tel cep_no cep_numarası komórka komórkowy mobiel mobiele hp ponsel seluler
    điện_thoại_di_động di_động मोबाइल มือถือ โทรศัพท์มือถือ`,
  phone: `
    phone phones phone_no phone_nr telephone telephones tel tels tel_no tel_nr msisdn msisdns whatsapp
    contact_number contact_numbers contact_no contact_num sms_number sms_no text_number
    电话 電話 联系方式 聯絡方式 聯繫方式 联系号码 聯絡號碼 短信号码 收件号码 接收号码 接收號碼
    teléfono teléfonos telefone telefones fone téléphone téléphones tél telefon telefono telefoni
    rufnummer rufnummern телефон телефона телефоны телефонный тел هاتف الهاتف هاتفي تلفون التلفون تليفون
    電話番号 連絡先 전화 전화번호 연락처 telefonu telefoon telepon telp điện_thoại sđt फोन दूरभाष
    โทรศัพท์ โทร`,
  /** Means the phone column only where nothing else is said: not in `Recipient name`. */
  recipient: `
    to recipient recipients receiver receivers destination addressee 收件人 接收人 收信人 destinatario
    destinatarios destinatário destinatários destinataire destinataires empfänger получатель المستلم 宛先 送信先
    수신자`,
  /** Phones that take no messages. */
  landline: `
    landline landlines festnetz 座机 座機 固话 固話 固定电话 固定電話 市话 市話 宅电 宅電 стационарный 유선전화`,
  /** In Chinese this mostly means a phone's number. */
  号码: '号码 號碼',
  /** Says what a column about phones has instead of their numbers. */
  aspect: `
    model models label labels type types brand manufacturer carrier operator network provider country code codes
    prefix verified verification validated valid status os version app apps extension ext imei imei1 imei2 imsi
    iccid serial id ids uid user_id uuid guid date dates time timestamp birthday count number_of no_of how_many
    quantity qty amount price total balance cost duration minutes length note notes comment comments plan consent
    opt_in opt_out opted_in opted_out accepts accept subscribed unsubscribed do_not_call do_not_contact do_not_text
    dnc iphone smartphone microphone headphone headphones earphones automobile pin otp password to_do
    类型 類型 类别 類別 型号 型號 品牌 标签 標籤 机型 機型 运营商 運營商 归属地 歸屬地 区号 區號 国家 國家 验证码 驗證碼
    分机 分機 日期 时间 時間 状态 狀態 数量 數量 金额 金額 备注 備註 代码 代碼 密码 密碼 是否 次数
    tipo modelo etiqueta marca operador operadora compañía país código prefijo verificado extensión fecha hora
    estado ddd ddi prefixo ramal data modèle étiquette marque opérateur pays indicatif préfixe vérifié heure statut
    typ modell marke anbieter netz land vorwahl verifiziert durchwahl datum modello etichetta operatore paese
    prefisso verificato тип модель марка оператор страна код дата время статус добавочный доб نوع موديل رمز كود
    دولة الدولة تاريخ 種類 種別 機種 型番 国番号 国コード 内線 日付 日時 キャリア 유형 종류 기종 통신사 국가 날짜`,
  /** Things with numbers of their own. Beside the word for a phone they tell whose it is, as in `Order phone`. */
  thing: `
    order orders account accounts acct customer client member membership user student employee invoice receipt
    ticket tracking shipment parcel ref reference item product sku lot batch row sequence fax telefax hotel motel
    telegram telex qq wechat weixin skype iban bic swift siret siren vat tax ssn passport license licence policy
    bank card zip zipcode postcode postal address room age year email mail url website link score plate vehicle vin
    ean isbn barcode cpf cnpj rg dni nie nif cif nit rut cuit cuil rfc curp cédula aadhaar gstin ktp nik npwp pesel
    nip regon tckn 订单 訂單 账号 賬號 帳號 帐号 账户 賬戶 帳戶 编号 編號 序号 序號 学号 學號 工号 工號 会员号 會員號
    身份证 身分證 证件 證件 护照 護照 微信 传真 傳真 邮编 郵編 邮政编码 郵遞區號 邮箱 邮件 郵件 電郵 银行 銀行 卡号 卡號
    发票 發票 快递 快遞 运单 運單 单号 單號 车牌 車牌 合同 地址 酒店 宾馆 房号 税号 統編 年龄 年齡 pedido pedidos orden
    cuenta cliente factura referencia correo dirección conta fatura nota endereço cep commande compte facture
    référence courriel adresse bestell bestellung konto kunde kunden rechnung rechnungs auftrag auftrags ausweis
    steuer plz postleitzahl artikel ordine conto fattura indirizzo codice_fiscale partita_iva passaporto pasaporte
    passeport reisepass факс заказ заказа счет счета клиента договора паспорт паспорта инн снилс индекс возраст
    فاكس الفاكس طلب الطلب حساب الحساب العميل هوية الهوية جواز الفاتورة الرمز_البريدي 注文 口座 会員 顧客 郵便
    ファックス ファクス 伝票 請求書 社員 学籍 メール 年齢 주문 계좌 우편 팩스 사업자 주민등록 회원 고객 sipariş hesap
    zamówienia faktura pesanan`,
  /** Says nothing of its own: a column `Number` may have anything. */
  plain: `
    number numbers номер номера رقم الرقم أرقام nummer nummern numero numéro número numeros numéros números numeri
    番号 번호 numara numarası numer nomor số नंबर नम्बर หมายเลข เบอร์
    no nos nr nrs num nums nbr n contact contacts sms text your my the a of for and or with please enter required
    optional e164 international format full incl including include digits only s
    with_country_code incl_country_code including_country_code country_code_included no_country_code
    without_country_code with_area_code
    联系 聯絡 聯繫 联络 短信 短訊 簡訊 号 號 必填 选填 含国家码 含国家代码 含区号 带国家代码 带区号 加区号
    de del do da du di des la le el los y e et ou o oder und contacto contato kontakt contatto recapito
    pflichtfeld obligatorio obligatoire obbligatorio контактный для и или نص التواصل 連絡 必須 任意 필수 kontaktowy`,
});
