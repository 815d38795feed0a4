/**
 * What people and ISO 3166 call countries besides `Intl.DisplayNames`, divided by blanks. As in `foldCountryName`: an
 * underscore divides words; `the`, `of` and `and` are left out.
 */
export const ALIASES: Record<string, string> = {
  US: 'usa america united_states_america 美 美国 アメリカ 米国 сша estados_unidos_america eeuu ee_uu eua usa_états_unis',
  GB: `uk england scotland wales northern_ireland great_britain britain united_kingdom_great_britain_northern_ireland
    英国 英國 inglaterra angleterre grossbritannien gran_bretaña англия`,
  AE: 'uae emirates 阿联酋 阿聯酋 оаэ الامارات',
  NL: 'holland holanda hollande olanda',
  KR: 'korea south_korea korea_south republic_korea korea_republic 韩国 韓國 南韩 南韓 한국',
  KP: 'north_korea korea_north korea_democratic_peoples_republic democratic_peoples_republic_korea 朝鲜 北韩',
  RU: 'russia russian_federation российская_федерация рф',
  CZ: 'czech_republic česká_republika česko',
  SK: 'slovak_republic',
  TR: 'turkey türkiye',
  CI: 'ivory_coast cote_d_ivoire 象牙海岸',
  HK: 'hong_kong hong_kong_sar hong_kong_china hongkong_sar 香港 中国香港 中國香港',
  MO: 'macau macao macau_sar macao_sar macao_china 澳门 澳門 中国澳门 中國澳門',
  TW: 'taiwan taiwan_province_china taiwan_china 台湾 台灣 臺灣 中国台湾 中國台灣',
  CN: 'china mainland_china china_mainland prc peoples_republic_china pr_china 中国大陆 中国内地 大陆 内地 中國大陸 кнр',
  VN: 'viet_nam vietnam',
  IR: 'iran_islamic_republic islamic_republic_iran',
  SY: 'syrian_arab_republic',
  LA: 'lao_peoples_democratic_republic lao_pdr',
  BO: 'bolivia_plurinational_state plurinational_state_bolivia',
  VE: 'venezuela_bolivarian_republic bolivarian_republic_venezuela',
  TZ: 'tanzania_united_republic united_republic_tanzania',
  MD: 'moldova_republic republic_moldova',
  MK: 'macedonia republic_north_macedonia fyrom',
  CD: 'drc dr_congo congo_drc congo_democratic_republic democratic_republic_congo congo_kinshasa',
  CG: 'republic_congo congo_republic',
  FM: 'micronesia_federated_states federated_states_micronesia',
  PS: 'palestine state_palestine palestine_state palestinian_territory_occupied',
  VA: 'vatican holy_see',
  BN: 'brunei_darussalam',
  SA: 'ksa',
  CV: 'cape_verde cabo_verde',
  SZ: 'swaziland',
  TL: 'east_timor',
  MM: 'burma',
  BS: 'bahamas',
  GM: 'gambia',
  DE: 'brd ger',
};

/** ISO 3166 alpha-3 codes of the countries that have phone numbers, each after its alpha-2 code. */
export const ALPHA_3 =
  'ACASC ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL ' +
  'BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF ' +
  'CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM ' +
  'DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY ' +
  'GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GTGTM GUGUM GWGNB GYGUY HKHKG HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR ' +
  'IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT ' +
  'KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL ' +
  'MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK ' +
  'NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PRPRI PSPSE PTPRT ' +
  'PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR ' +
  'SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TATAA TCTCA TDTCD TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON ' +
  'TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX ' +
  'YEYEM YTMYT ZAZAF ZMZMB ZWZWE';
