/**
 * Phrases by which pages say that something was removed, and walls say that they are walls. Lower case, in the
 * languages of the sites that cases lead to. A phrase is a hint: how much it weighs is said in `verdict.ts`.
 *
 * @module
 */
const removal = [
  // ko
  /(삭제|제거)(된|되었|됐|하였|처리)/,
  /(존재하지|찾을 수) (않는|없는|없습니다)/,
  /(게시물|게시글|영상|페이지|콘텐츠|파일)(을|를|이|가)? ?(찾을 수 없|존재하지 않|볼 수 없|이용할 수 없)/,
  /(블라인드|비공개) ?처리/,
  /(이용이|게시가|접근이) (제한|중단)/,
  // en
  /(has|have) been (removed|deleted|taken down|disabled)/,
  /(was|were) (removed|deleted|taken down|disabled)/,
  /(page|content|video|file|post|image|media) (not found|unavailable|no longer available|does not exist|removed)/,
  /no longer (available|exists)/,
  /(can(no|')t|could not) be found/,
  /due to (a )?(copyright|legal|abuse|terms)/,
  // ja, zh, ru, es, pt, de, fr, vi
  /削除され(ました|ています)|(見つかりません|存在しません)/,
  /(已被?删除|已被?刪除|不存在|无法找到|找不到)/,
  /(удалено|удалена|удал[её]н|не найден[аоы]?|недоступно)/,
  /(ha sido eliminad|fue eliminad|no encontrad|no est[aá] disponible|ya no existe)/,
  /(foi removid|foi exclu[ií]d|n[aã]o encontrad|n[aã]o est[aá] mais dispon)/,
  /(wurde (entfernt|gel[oö]scht)|nicht (gefunden|mehr verf[uü]gbar))/,
  /(a [eé]t[eé] supprim|introuvable|n['’]est plus disponible)/,
  /(đã bị (xóa|gỡ)|không tồn tại|không tìm thấy)/,
]

const botWall = [
  /just a moment/,
  /checking (your browser|if the site connection is secure)/,
  /verify (that )?you are (a )?human/,
  /enable javascript and cookies to continue/,
  /attention required/,
  /captcha/,
  /로봇이 아닙니다|자동 ?(등록|접속) ?방지/,
]

/** Hosts of Korea's own stop page: what stands there says nothing of the page behind it. */
const stopHosts = ['warning.or.kr']

const anyOf = (patterns: readonly RegExp[], text: string) => patterns.some(pattern => pattern.test(text))

export const saysRemoved = (text: string): boolean => anyOf(removal, text.toLowerCase())
export const isBotWall = (text: string): boolean => anyOf(botWall, text.toLowerCase())

export function isStopPage(url: string): boolean {
  const { hostname } = new URL(url)
  return stopHosts.some(host => hostname === host || hostname.endsWith(`.${host}`))
}
